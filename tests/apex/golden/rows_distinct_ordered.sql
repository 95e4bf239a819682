-- different status of orders, by total descending

-- sqlite
SELECT status FROM orders GROUP BY status ORDER BY MAX(total) DESC;

-- postgres
SELECT status FROM orders GROUP BY status ORDER BY MAX(total) DESC NULLS LAST;

-- duckdb
SELECT status FROM orders GROUP BY status ORDER BY MAX(total) DESC;

-- mysql
SELECT status FROM orders GROUP BY status ORDER BY MAX(total) DESC;

-- clickhouse
SELECT status FROM orders GROUP BY status ORDER BY MAX(total) DESC;

-- bigquery
SELECT status FROM orders GROUP BY status ORDER BY MAX(total) DESC;

-- snowflake
SELECT "status" FROM "orders" GROUP BY "status" ORDER BY MAX("total") DESC NULLS LAST;

-- trino
SELECT status FROM orders GROUP BY status ORDER BY MAX(total) DESC;

-- redshift
SELECT status FROM orders GROUP BY status ORDER BY MAX(total) DESC NULLS LAST;
