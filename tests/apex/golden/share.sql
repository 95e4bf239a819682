-- number of orders where status = 'paid' / number of orders

-- sqlite
SELECT CAST(COUNT(CASE WHEN status = 'paid' THEN 1 END) AS REAL) / NULLIF(COUNT(*), 0) AS paid_share FROM orders;

-- postgres
SELECT CAST(COUNT(CASE WHEN status = 'paid' THEN 1 END) AS DOUBLE PRECISION) / NULLIF(COUNT(*), 0) AS paid_share FROM orders;

-- duckdb
SELECT CAST(COUNT(CASE WHEN status = 'paid' THEN 1 END) AS DOUBLE) / NULLIF(COUNT(*), 0) AS paid_share FROM orders;

-- mysql
SELECT CAST(COUNT(CASE WHEN status = 'paid' THEN 1 END) AS DOUBLE) / NULLIF(COUNT(*), 0) AS paid_share FROM orders;

-- clickhouse
SELECT CAST(COUNT(CASE WHEN status = 'paid' THEN 1 END) AS Nullable(Float64)) / nullIf(COUNT(*), 0) AS paid_share FROM orders;

-- bigquery
SELECT CAST(COUNT(CASE WHEN status = 'paid' THEN 1 END) AS FLOAT64) / NULLIF(COUNT(*), 0) AS paid_share FROM orders;

-- snowflake
SELECT CAST(COUNT(CASE WHEN "status" = 'paid' THEN 1 END) AS DOUBLE) / NULLIF(COUNT(*), 0) AS "paid_share" FROM "orders";

-- trino
SELECT CAST(COUNT(CASE WHEN status = 'paid' THEN 1 END) AS DOUBLE) / NULLIF(COUNT(*), 0) AS paid_share FROM orders;

-- redshift
SELECT CAST(COUNT(CASE WHEN status = 'paid' THEN 1 END) AS DOUBLE PRECISION) / NULLIF(COUNT(*), 0) AS paid_share FROM orders;
