-- id of orders where total is known

-- sqlite
SELECT id FROM orders WHERE NOT total IS NULL;

-- postgres
SELECT id FROM orders WHERE NOT total IS NULL;

-- duckdb
SELECT id FROM orders WHERE NOT total IS NULL;

-- mysql
SELECT id FROM orders WHERE NOT total IS NULL;

-- clickhouse
SELECT id FROM orders WHERE NOT (total IS NULL);

-- bigquery
SELECT id FROM orders WHERE NOT total IS NULL;

-- snowflake
SELECT "id" FROM "orders" WHERE NOT "total" IS NULL;

-- trino
SELECT id FROM orders WHERE NOT total IS NULL;

-- redshift
SELECT id FROM orders WHERE NOT total IS NULL;
