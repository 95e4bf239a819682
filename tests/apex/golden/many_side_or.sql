-- name of customers where country = 'FI' or orders.total > 300

-- sqlite
SELECT name FROM customers WHERE country = 'FI' OR id IN (SELECT customer_id FROM orders WHERE total > 300);

-- postgres
SELECT name FROM customers WHERE country = 'FI' OR id IN (SELECT customer_id FROM orders WHERE total > 300);

-- duckdb
SELECT name FROM customers WHERE country = 'FI' OR id IN (SELECT customer_id FROM orders WHERE total > 300);

-- mysql
SELECT name FROM customers WHERE country = 'FI' OR id IN (SELECT customer_id FROM orders WHERE total > 300);

-- clickhouse
SELECT name FROM customers WHERE country = 'FI' OR id IN (SELECT customer_id FROM orders WHERE total > 300);

-- bigquery
SELECT name FROM customers WHERE country = 'FI' OR id IN (SELECT customer_id FROM orders WHERE total > 300);

-- snowflake
SELECT "name" FROM "customers" WHERE "country" = 'FI' OR "id" IN (SELECT "customer_id" FROM "orders" WHERE "total" > 300);

-- trino
SELECT name FROM customers WHERE country = 'FI' OR id IN (SELECT customer_id FROM orders WHERE total > 300);

-- redshift
SELECT name FROM customers WHERE country = 'FI' OR id IN (SELECT customer_id FROM orders WHERE total > 300);
