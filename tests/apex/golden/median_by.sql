-- median of orders.total and number of orders by status

-- sqlite
SELECT status, AVG(CASE WHEN 2 * place_0 BETWEEN size_0 AND size_0 + 2 THEN CAST(value_0 AS REAL) END) AS median_total, COUNT(*) AS orders_count FROM (SELECT status, total, total AS value_0, ROW_NUMBER() OVER (PARTITION BY status ORDER BY total NULLS LAST) AS place_0, COUNT(total) OVER (PARTITION BY status) AS size_0 FROM (SELECT status, total FROM orders) AS each_row) AS numbered GROUP BY status;

-- postgres
SELECT status, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY total) AS median_total, COUNT(*) AS orders_count FROM orders GROUP BY status;

-- duckdb
SELECT status, MEDIAN(total) AS median_total, COUNT(*) AS orders_count FROM orders GROUP BY status;

-- mysql
SELECT status, AVG(CASE WHEN 2 * place_0 BETWEEN size_0 AND size_0 + 2 THEN CAST(value_0 AS DOUBLE) END) AS median_total, COUNT(*) AS orders_count FROM (SELECT status, total, total AS value_0, ROW_NUMBER() OVER (PARTITION BY status ORDER BY CASE WHEN total IS NULL THEN 1 ELSE 0 END, total) AS place_0, COUNT(total) OVER (PARTITION BY status) AS size_0 FROM (SELECT status, total FROM orders) AS each_row) AS numbered GROUP BY status;

-- clickhouse
SELECT status, quantileExactInclusive(0.5)(toFloat64(total)) AS median_total, COUNT(*) AS orders_count FROM orders GROUP BY status;

-- bigquery
SELECT status, AVG(CASE WHEN 2 * place_0 BETWEEN size_0 AND size_0 + 2 THEN CAST(value_0 AS FLOAT64) END) AS median_total, COUNT(*) AS orders_count FROM (SELECT status, total, total AS value_0, ROW_NUMBER() OVER (PARTITION BY status ORDER BY total NULLS LAST) AS place_0, COUNT(total) OVER (PARTITION BY status) AS size_0 FROM (SELECT status, total FROM orders) AS each_row) AS numbered GROUP BY status;

-- snowflake
SELECT "status", MEDIAN("total") AS "median_total", COUNT(*) AS "orders_count" FROM "orders" GROUP BY "status";

-- trino
SELECT status, AVG(CASE WHEN 2 * place_0 BETWEEN size_0 AND size_0 + 2 THEN CAST(value_0 AS DOUBLE) END) AS median_total, COUNT(*) AS orders_count FROM (SELECT status, total, total AS value_0, ROW_NUMBER() OVER (PARTITION BY status ORDER BY total) AS place_0, COUNT(total) OVER (PARTITION BY status) AS size_0 FROM (SELECT status, total FROM orders) AS each_row) AS numbered GROUP BY status;

-- redshift
SELECT status, MEDIAN(total) AS median_total, COUNT(*) AS orders_count FROM orders GROUP BY status;
