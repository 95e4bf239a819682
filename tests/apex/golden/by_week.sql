-- number of orders by week of ordered_at, by week of ordered_at

-- sqlite
SELECT DATE(ordered_at, 'weekday 0', '-6 days') AS week, COUNT(*) AS orders_count FROM orders GROUP BY DATE(ordered_at, 'weekday 0', '-6 days') ORDER BY week NULLS LAST;

-- postgres
SELECT CAST(DATE_TRUNC('WEEK', ordered_at) AS DATE) AS week, COUNT(*) AS orders_count FROM orders GROUP BY CAST(DATE_TRUNC('WEEK', ordered_at) AS DATE) ORDER BY week;

-- duckdb
SELECT CAST(DATE_TRUNC('WEEK', ordered_at) AS DATE) AS week, COUNT(*) AS orders_count FROM orders GROUP BY CAST(DATE_TRUNC('WEEK', ordered_at) AS DATE) ORDER BY week;

-- mysql
SELECT DATE_SUB(CAST(ordered_at AS DATE), INTERVAL (WEEKDAY(ordered_at)) DAY) AS week, COUNT(*) AS orders_count FROM orders GROUP BY DATE_SUB(CAST(ordered_at AS DATE), INTERVAL (WEEKDAY(ordered_at)) DAY) ORDER BY CASE WHEN DATE_SUB(CAST(ordered_at AS DATE), INTERVAL (WEEKDAY(ordered_at)) DAY) IS NULL THEN 1 ELSE 0 END, DATE_SUB(CAST(ordered_at AS DATE), INTERVAL (WEEKDAY(ordered_at)) DAY);

-- clickhouse
SELECT dateTrunc('WEEK', ordered_at) AS week, COUNT(*) AS orders_count FROM orders GROUP BY dateTrunc('WEEK', ordered_at) ORDER BY week;

-- bigquery
SELECT DATE_TRUNC(CAST(ordered_at AS DATE), ISOWEEK) AS week, COUNT(*) AS orders_count FROM orders GROUP BY week ORDER BY week NULLS LAST;

-- snowflake
SELECT DATEADD(DAY, 1 - DAYOFWEEKISO("ordered_at"), CAST("ordered_at" AS DATE)) AS "week", COUNT(*) AS "orders_count" FROM "orders" GROUP BY DATEADD(DAY, 1 - DAYOFWEEKISO("ordered_at"), CAST("ordered_at" AS DATE)) ORDER BY "week";

-- trino
SELECT CAST(DATE_TRUNC('WEEK', ordered_at) AS DATE) AS week, COUNT(*) AS orders_count FROM orders GROUP BY CAST(DATE_TRUNC('WEEK', ordered_at) AS DATE) ORDER BY week;

-- redshift
SELECT CAST(DATE_TRUNC('WEEK', ordered_at) AS DATE) AS week, COUNT(*) AS orders_count FROM orders GROUP BY CAST(DATE_TRUNC('WEEK', ordered_at) AS DATE) ORDER BY week;
