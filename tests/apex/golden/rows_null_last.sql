-- id of orders, by total, top 6

-- sqlite
SELECT id FROM orders ORDER BY total NULLS LAST LIMIT 6;

-- postgres
SELECT id FROM orders ORDER BY total LIMIT 6;

-- duckdb
SELECT id FROM orders ORDER BY total LIMIT 6;

-- mysql
SELECT id FROM orders ORDER BY CASE WHEN total IS NULL THEN 1 ELSE 0 END, total LIMIT 6;

-- clickhouse
SELECT id FROM orders ORDER BY total LIMIT 6;

-- bigquery
SELECT id FROM orders ORDER BY total NULLS LAST LIMIT 6;

-- snowflake
SELECT "id" FROM "orders" ORDER BY "total" LIMIT 6;

-- trino
SELECT id FROM orders ORDER BY total LIMIT 6;

-- redshift
SELECT id FROM orders ORDER BY total LIMIT 6;
