-- id of orders where total > customer_id

-- sqlite
SELECT id FROM orders WHERE total > customer_id;

-- postgres
SELECT id FROM orders WHERE total > customer_id;

-- duckdb
SELECT id FROM orders WHERE total > customer_id;

-- mysql
SELECT id FROM orders WHERE total > customer_id;

-- clickhouse
SELECT id FROM orders WHERE total > customer_id;

-- bigquery
SELECT id FROM orders WHERE total > customer_id;

-- snowflake
SELECT "id" FROM "orders" WHERE "total" > "customer_id";

-- trino
SELECT id FROM orders WHERE total > customer_id;

-- redshift
SELECT id FROM orders WHERE total > customer_id;
