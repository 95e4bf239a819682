-- id of orders where (status = 'paid' or status = 'open') and total > 50

-- sqlite
SELECT id FROM orders WHERE (status = 'paid' OR status = 'open') AND total > 50;

-- postgres
SELECT id FROM orders WHERE (status = 'paid' OR status = 'open') AND total > 50;

-- duckdb
SELECT id FROM orders WHERE (status = 'paid' OR status = 'open') AND total > 50;

-- mysql
SELECT id FROM orders WHERE (status = 'paid' OR status = 'open') AND total > 50;

-- clickhouse
SELECT id FROM orders WHERE (status = 'paid' OR status = 'open') AND total > 50;

-- bigquery
SELECT id FROM orders WHERE (status = 'paid' OR status = 'open') AND total > 50;

-- snowflake
SELECT "id" FROM "orders" WHERE ("status" = 'paid' OR "status" = 'open') AND "total" > 50;

-- trino
SELECT id FROM orders WHERE (status = 'paid' OR status = 'open') AND total > 50;

-- redshift
SELECT id FROM orders WHERE (status = 'paid' OR status = 'open') AND total > 50;
