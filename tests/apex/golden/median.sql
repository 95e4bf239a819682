-- median of orders.total

-- sqlite
SELECT AVG(CASE WHEN 2 * place_0 BETWEEN size_0 AND size_0 + 2 THEN CAST(value_0 AS REAL) END) AS median_total FROM (SELECT total, total AS value_0, ROW_NUMBER() OVER (ORDER BY total NULLS LAST) AS place_0, COUNT(total) OVER () AS size_0 FROM (SELECT total FROM orders) AS each_row) AS numbered;

-- postgres
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY total) AS median_total FROM orders;

-- duckdb
SELECT MEDIAN(total) AS median_total FROM orders;

-- mysql
SELECT AVG(CASE WHEN 2 * place_0 BETWEEN size_0 AND size_0 + 2 THEN CAST(value_0 AS DOUBLE) END) AS median_total FROM (SELECT total, total AS value_0, ROW_NUMBER() OVER (ORDER BY CASE WHEN total IS NULL THEN 1 ELSE 0 END, total) AS place_0, COUNT(total) OVER () AS size_0 FROM (SELECT total FROM orders) AS each_row) AS numbered;

-- clickhouse
SELECT quantileExactInclusive(0.5)(toFloat64(total)) AS median_total FROM orders;

-- bigquery
SELECT AVG(CASE WHEN 2 * place_0 BETWEEN size_0 AND size_0 + 2 THEN CAST(value_0 AS FLOAT64) END) AS median_total FROM (SELECT total, total AS value_0, ROW_NUMBER() OVER (ORDER BY total NULLS LAST) AS place_0, COUNT(total) OVER () AS size_0 FROM (SELECT total FROM orders) AS each_row) AS numbered;

-- snowflake
SELECT MEDIAN("total") AS "median_total" FROM "orders";

-- trino
SELECT AVG(CASE WHEN 2 * place_0 BETWEEN size_0 AND size_0 + 2 THEN CAST(value_0 AS DOUBLE) END) AS median_total FROM (SELECT total, total AS value_0, ROW_NUMBER() OVER (ORDER BY total) AS place_0, COUNT(total) OVER () AS size_0 FROM (SELECT total FROM orders) AS each_row) AS numbered;

-- redshift
SELECT MEDIAN(total) AS median_total FROM orders;
