-- sum of orders.total and number of orders by products.title, by products.title

-- sqlite
SELECT title, SUM(total) AS total_total, COUNT(*) AS orders_count FROM (SELECT DISTINCT orders.id, products.title, orders.total FROM orders JOIN order_items ON orders.id = order_items.order_id JOIN products ON order_items.product_id = products.id) AS each_once GROUP BY title ORDER BY title;

-- postgres
SELECT title, SUM(total) AS total_total, COUNT(*) AS orders_count FROM (SELECT DISTINCT orders.id, products.title, orders.total FROM orders JOIN order_items ON orders.id = order_items.order_id JOIN products ON order_items.product_id = products.id) AS each_once GROUP BY title ORDER BY title;

-- duckdb
SELECT title, SUM(total) AS total_total, COUNT(*) AS orders_count FROM (SELECT DISTINCT orders.id, products.title, orders.total FROM orders JOIN order_items ON orders.id = order_items.order_id JOIN products ON order_items.product_id = products.id) AS each_once GROUP BY title ORDER BY title;

-- mysql
SELECT title, SUM(total) AS total_total, COUNT(*) AS orders_count FROM (SELECT DISTINCT orders.id, products.title, orders.total FROM orders JOIN order_items ON orders.id = order_items.order_id JOIN products ON order_items.product_id = products.id) AS each_once GROUP BY title ORDER BY title;

-- clickhouse
SELECT title, SUM(total) AS total_total, COUNT(*) AS orders_count FROM (SELECT DISTINCT orders.id, products.title, orders.total FROM orders JOIN order_items ON orders.id = order_items.order_id JOIN products ON order_items.product_id = products.id) AS each_once GROUP BY title ORDER BY title;

-- bigquery
SELECT title, SUM(total) AS total_total, COUNT(*) AS orders_count FROM (SELECT DISTINCT orders.id, products.title, orders.total FROM orders JOIN order_items ON orders.id = order_items.order_id JOIN products ON order_items.product_id = products.id) AS each_once GROUP BY title ORDER BY title;

-- snowflake
SELECT "title", SUM("total") AS "total_total", COUNT(*) AS "orders_count" FROM (SELECT DISTINCT "orders"."id", "products"."title", "orders"."total" FROM "orders" JOIN "order_items" ON "orders"."id" = "order_items"."order_id" JOIN "products" ON "order_items"."product_id" = "products"."id") AS "each_once" GROUP BY "title" ORDER BY "title";

-- trino
SELECT title, SUM(total) AS total_total, COUNT(*) AS orders_count FROM (SELECT DISTINCT orders.id, products.title, orders.total FROM orders JOIN order_items ON orders.id = order_items.order_id JOIN products ON order_items.product_id = products.id) AS each_once GROUP BY title ORDER BY title;

-- redshift
SELECT title, SUM(total) AS total_total, COUNT(*) AS orders_count FROM (SELECT DISTINCT orders.id, products.title, orders.total FROM orders JOIN order_items ON orders.id = order_items.order_id JOIN products ON order_items.product_id = products.id) AS each_once GROUP BY title ORDER BY title;
