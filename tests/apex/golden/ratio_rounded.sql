-- sum of orders.total / number of orders by status, by sum of orders.total descending, rounded to 1 decimal

-- sqlite
SELECT status, ROUND(CAST(SUM(total) AS REAL) / NULLIF(COUNT(*), 0), 1) AS average_order FROM orders GROUP BY status ORDER BY SUM(total) DESC;

-- postgres
SELECT status, ROUND(CAST(CAST(SUM(total) AS DOUBLE PRECISION) / NULLIF(COUNT(*), 0) AS DECIMAL), 1) AS average_order FROM orders GROUP BY status ORDER BY SUM(total) DESC NULLS LAST;

-- duckdb
SELECT status, ROUND(CAST(SUM(total) AS DOUBLE) / NULLIF(COUNT(*), 0), 1) AS average_order FROM orders GROUP BY status ORDER BY SUM(total) DESC;

-- mysql
SELECT status, ROUND(CAST(SUM(total) AS DOUBLE) / NULLIF(COUNT(*), 0), 1) AS average_order FROM orders GROUP BY status ORDER BY SUM(total) DESC;

-- clickhouse
SELECT status, ROUND(CAST(SUM(total) AS Nullable(Float64)) / nullIf(COUNT(*), 0), 1) AS average_order FROM orders GROUP BY status ORDER BY SUM(total) DESC;

-- bigquery
SELECT status, ROUND(CAST(SUM(total) AS FLOAT64) / NULLIF(COUNT(*), 0), 1) AS average_order FROM orders GROUP BY status ORDER BY SUM(total) DESC;

-- snowflake
SELECT "status", ROUND(CAST(SUM("total") AS DOUBLE) / NULLIF(COUNT(*), 0), 1) AS "average_order" FROM "orders" GROUP BY "status" ORDER BY SUM("total") DESC NULLS LAST;

-- trino
SELECT status, ROUND(CAST(SUM(total) AS DOUBLE) / NULLIF(COUNT(*), 0), 1) AS average_order FROM orders GROUP BY status ORDER BY SUM(total) DESC;

-- redshift
SELECT status, ROUND(CAST(SUM(total) AS DOUBLE PRECISION) / NULLIF(COUNT(*), 0), 1) AS average_order FROM orders GROUP BY status ORDER BY SUM(total) DESC NULLS LAST;
