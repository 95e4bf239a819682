-- name of customers where orders.status = 'paid' and orders.total > 100

-- sqlite
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid' AND total > 100);

-- postgres
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid' AND total > 100);

-- duckdb
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid' AND total > 100);

-- mysql
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid' AND total > 100);

-- clickhouse
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid' AND total > 100);

-- bigquery
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid' AND total > 100);

-- snowflake
SELECT "name" FROM "customers" WHERE "id" IN (SELECT "customer_id" FROM "orders" WHERE "status" = 'paid' AND "total" > 100);

-- trino
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid' AND total > 100);

-- redshift
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid' AND total > 100);
