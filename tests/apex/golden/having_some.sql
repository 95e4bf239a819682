-- name of customers where there are orders with status = 'paid'

-- sqlite
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- postgres
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- duckdb
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- mysql
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- clickhouse
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- bigquery
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- snowflake
SELECT "name" FROM "customers" WHERE "id" IN (SELECT "customer_id" FROM "orders" WHERE "status" = 'paid');

-- trino
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- redshift
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');
