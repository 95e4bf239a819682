-- sum of orders.total / number of orders

-- sqlite
SELECT CAST(SUM(total) AS REAL) / NULLIF(COUNT(*), 0) AS average_order FROM orders;

-- postgres
SELECT CAST(SUM(total) AS DOUBLE PRECISION) / NULLIF(COUNT(*), 0) AS average_order FROM orders;

-- duckdb
SELECT CAST(SUM(total) AS DOUBLE) / NULLIF(COUNT(*), 0) AS average_order FROM orders;

-- mysql
SELECT CAST(SUM(total) AS DOUBLE) / NULLIF(COUNT(*), 0) AS average_order FROM orders;

-- clickhouse
SELECT CAST(SUM(total) AS Nullable(Float64)) / nullIf(COUNT(*), 0) AS average_order FROM orders;

-- bigquery
SELECT CAST(SUM(total) AS FLOAT64) / NULLIF(COUNT(*), 0) AS average_order FROM orders;

-- snowflake
SELECT CAST(SUM("total") AS DOUBLE) / NULLIF(COUNT(*), 0) AS "average_order" FROM "orders";

-- trino
SELECT CAST(SUM(total) AS DOUBLE) / NULLIF(COUNT(*), 0) AS average_order FROM orders;

-- redshift
SELECT CAST(SUM(total) AS DOUBLE PRECISION) / NULLIF(COUNT(*), 0) AS average_order FROM orders;
