-- name of customers where there are no products with category = 'office'

-- sqlite
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM products JOIN order_items ON products.id = order_items.product_id JOIN orders ON order_items.order_id = orders.id WHERE orders.customer_id = customers.id AND products.category = 'office');

-- postgres
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM products JOIN order_items ON products.id = order_items.product_id JOIN orders ON order_items.order_id = orders.id WHERE orders.customer_id = customers.id AND products.category = 'office');

-- duckdb
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM products JOIN order_items ON products.id = order_items.product_id JOIN orders ON order_items.order_id = orders.id WHERE orders.customer_id = customers.id AND products.category = 'office');

-- mysql
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM products JOIN order_items ON products.id = order_items.product_id JOIN orders ON order_items.order_id = orders.id WHERE orders.customer_id = customers.id AND products.category = 'office');

-- clickhouse
SELECT name FROM customers WHERE (NOT (id IN (SELECT orders.customer_id FROM products JOIN order_items ON products.id = order_items.product_id JOIN orders ON order_items.order_id = orders.id WHERE products.category = 'office' AND NOT (orders.customer_id IS NULL))) OR id IS NULL);

-- bigquery
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM products JOIN order_items ON products.id = order_items.product_id JOIN orders ON order_items.order_id = orders.id WHERE orders.customer_id = customers.id AND products.category = 'office');

-- snowflake
SELECT "customers"."name" FROM "customers" WHERE NOT EXISTS(SELECT 1 FROM "products" JOIN "order_items" ON "products"."id" = "order_items"."product_id" JOIN "orders" ON "order_items"."order_id" = "orders"."id" WHERE "orders"."customer_id" = "customers"."id" AND "products"."category" = 'office');

-- trino
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM products JOIN order_items ON products.id = order_items.product_id JOIN orders ON order_items.order_id = orders.id WHERE orders.customer_id = customers.id AND products.category = 'office');

-- redshift
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM products JOIN order_items ON products.id = order_items.product_id JOIN orders ON order_items.order_id = orders.id WHERE orders.customer_id = customers.id AND products.category = 'office');
