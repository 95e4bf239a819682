-- id of orders where total between 19.9 and 99.5

-- sqlite
SELECT id FROM orders WHERE total BETWEEN 19.9 AND 99.5;

-- postgres
SELECT id FROM orders WHERE total BETWEEN 19.9 AND 99.5;

-- duckdb
SELECT id FROM orders WHERE total BETWEEN 19.9 AND 99.5;

-- mysql
SELECT id FROM orders WHERE total BETWEEN 19.9 AND 99.5;

-- clickhouse
SELECT id FROM orders WHERE total BETWEEN 19.9 AND 99.5;

-- bigquery
SELECT id FROM orders WHERE total BETWEEN 19.9 AND 99.5;

-- snowflake
SELECT "id" FROM "orders" WHERE "total" BETWEEN 19.9 AND 99.5;

-- trino
SELECT id FROM orders WHERE total BETWEEN 19.9 AND 99.5;

-- redshift
SELECT id FROM orders WHERE total BETWEEN 19.9 AND 99.5;
