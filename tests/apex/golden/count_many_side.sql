-- number of customers where orders.status = 'paid'

-- sqlite
SELECT COUNT(*) AS customers_count FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- postgres
SELECT COUNT(*) AS customers_count FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- duckdb
SELECT COUNT(*) AS customers_count FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- mysql
SELECT COUNT(*) AS customers_count FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- clickhouse
SELECT COUNT(*) AS customers_count FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- bigquery
SELECT COUNT(*) AS customers_count FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- snowflake
SELECT COUNT(*) AS "customers_count" FROM "customers" WHERE "id" IN (SELECT "customer_id" FROM "orders" WHERE "status" = 'paid');

-- trino
SELECT COUNT(*) AS customers_count FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');

-- redshift
SELECT COUNT(*) AS customers_count FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid');
