-- id of orders where total is unknown

-- sqlite
SELECT id FROM orders WHERE total IS NULL;

-- postgres
SELECT id FROM orders WHERE total IS NULL;

-- duckdb
SELECT id FROM orders WHERE total IS NULL;

-- mysql
SELECT id FROM orders WHERE total IS NULL;

-- clickhouse
SELECT id FROM orders WHERE total IS NULL;

-- bigquery
SELECT id FROM orders WHERE total IS NULL;

-- snowflake
SELECT "id" FROM "orders" WHERE "total" IS NULL;

-- trino
SELECT id FROM orders WHERE total IS NULL;

-- redshift
SELECT id FROM orders WHERE total IS NULL;
