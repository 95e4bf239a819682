-- number of orders / number of orders where total > 1000 by status

-- sqlite
SELECT status, CAST(COUNT(*) AS REAL) / NULLIF(COUNT(CASE WHEN total > 1000 THEN 1 END), 0) AS share FROM orders GROUP BY status;

-- postgres
SELECT status, CAST(COUNT(*) AS DOUBLE PRECISION) / NULLIF(COUNT(CASE WHEN total > 1000 THEN 1 END), 0) AS share FROM orders GROUP BY status;

-- duckdb
SELECT status, CAST(COUNT(*) AS DOUBLE) / NULLIF(COUNT(CASE WHEN total > 1000 THEN 1 END), 0) AS share FROM orders GROUP BY status;

-- mysql
SELECT status, CAST(COUNT(*) AS DOUBLE) / NULLIF(COUNT(CASE WHEN total > 1000 THEN 1 END), 0) AS share FROM orders GROUP BY status;

-- clickhouse
SELECT status, CAST(COUNT(*) AS Nullable(Float64)) / nullIf(COUNT(CASE WHEN total > 1000 THEN 1 END), 0) AS share FROM orders GROUP BY status;

-- bigquery
SELECT status, CAST(COUNT(*) AS FLOAT64) / NULLIF(COUNT(CASE WHEN total > 1000 THEN 1 END), 0) AS share FROM orders GROUP BY status;

-- snowflake
SELECT "status", CAST(COUNT(*) AS DOUBLE) / NULLIF(COUNT(CASE WHEN "total" > 1000 THEN 1 END), 0) AS "share" FROM "orders" GROUP BY "status";

-- trino
SELECT status, CAST(COUNT(*) AS DOUBLE) / NULLIF(COUNT(CASE WHEN total > 1000 THEN 1 END), 0) AS share FROM orders GROUP BY status;

-- redshift
SELECT status, CAST(COUNT(*) AS DOUBLE PRECISION) / NULLIF(COUNT(CASE WHEN total > 1000 THEN 1 END), 0) AS share FROM orders GROUP BY status;
