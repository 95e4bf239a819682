-- name of customers where there are no orders

-- sqlite
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM orders WHERE orders.customer_id = customers.id);

-- postgres
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM orders WHERE orders.customer_id = customers.id);

-- duckdb
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM orders WHERE orders.customer_id = customers.id);

-- mysql
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM orders WHERE orders.customer_id = customers.id);

-- clickhouse
SELECT name FROM customers WHERE (NOT (id IN (SELECT customer_id FROM orders WHERE NOT (customer_id IS NULL))) OR id IS NULL);

-- bigquery
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM orders WHERE orders.customer_id = customers.id);

-- snowflake
SELECT "customers"."name" FROM "customers" WHERE NOT EXISTS(SELECT 1 FROM "orders" WHERE "orders"."customer_id" = "customers"."id");

-- trino
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM orders WHERE orders.customer_id = customers.id);

-- redshift
SELECT customers.name FROM customers WHERE NOT EXISTS(SELECT 1 FROM orders WHERE orders.customer_id = customers.id);
