-- sum of orders.total by month of ordered_at, by month of ordered_at

-- sqlite
SELECT DATE(ordered_at, 'start of month') AS month, SUM(total) AS total_total FROM orders GROUP BY DATE(ordered_at, 'start of month') ORDER BY month NULLS LAST;

-- postgres
SELECT CAST(DATE_TRUNC('MONTH', ordered_at) AS DATE) AS month, SUM(total) AS total_total FROM orders GROUP BY CAST(DATE_TRUNC('MONTH', ordered_at) AS DATE) ORDER BY month;

-- duckdb
SELECT CAST(DATE_TRUNC('MONTH', ordered_at) AS DATE) AS month, SUM(total) AS total_total FROM orders GROUP BY CAST(DATE_TRUNC('MONTH', ordered_at) AS DATE) ORDER BY month;

-- mysql
SELECT CAST(DATE_FORMAT(ordered_at, '%Y-%m-01') AS DATE) AS month, SUM(total) AS total_total FROM orders GROUP BY CAST(DATE_FORMAT(ordered_at, '%Y-%m-01') AS DATE) ORDER BY CASE WHEN CAST(DATE_FORMAT(ordered_at, '%Y-%m-01') AS DATE) IS NULL THEN 1 ELSE 0 END, CAST(DATE_FORMAT(ordered_at, '%Y-%m-01') AS DATE);

-- clickhouse
SELECT dateTrunc('MONTH', ordered_at) AS month, SUM(total) AS total_total FROM orders GROUP BY dateTrunc('MONTH', ordered_at) ORDER BY month;

-- bigquery
SELECT DATE_TRUNC(CAST(ordered_at AS DATE), MONTH) AS month, SUM(total) AS total_total FROM orders GROUP BY month ORDER BY month NULLS LAST;

-- snowflake
SELECT CAST(DATE_TRUNC('MONTH', "ordered_at") AS DATE) AS "month", SUM("total") AS "total_total" FROM "orders" GROUP BY CAST(DATE_TRUNC('MONTH', "ordered_at") AS DATE) ORDER BY "month";

-- trino
SELECT CAST(DATE_TRUNC('MONTH', ordered_at) AS DATE) AS month, SUM(total) AS total_total FROM orders GROUP BY CAST(DATE_TRUNC('MONTH', ordered_at) AS DATE) ORDER BY month;

-- redshift
SELECT CAST(DATE_TRUNC('MONTH', ordered_at) AS DATE) AS month, SUM(total) AS total_total FROM orders GROUP BY CAST(DATE_TRUNC('MONTH', ordered_at) AS DATE) ORDER BY month;
