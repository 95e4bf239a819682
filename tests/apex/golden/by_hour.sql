-- number of orders by hour of ordered_at

-- sqlite
SELECT STRFTIME('%Y-%m-%d %H:00:00', ordered_at) AS "hour", COUNT(*) AS orders_count FROM orders GROUP BY STRFTIME('%Y-%m-%d %H:00:00', ordered_at);

-- postgres
SELECT DATE_TRUNC('HOUR', ordered_at) AS "hour", COUNT(*) AS orders_count FROM orders GROUP BY DATE_TRUNC('HOUR', ordered_at);

-- duckdb
SELECT DATE_TRUNC('HOUR', ordered_at) AS "hour", COUNT(*) AS orders_count FROM orders GROUP BY DATE_TRUNC('HOUR', ordered_at);

-- mysql
SELECT CAST(DATE_FORMAT(ordered_at, '%Y-%m-%d %H:00:00') AS DATETIME) AS `hour`, COUNT(*) AS orders_count FROM orders GROUP BY CAST(DATE_FORMAT(ordered_at, '%Y-%m-%d %H:00:00') AS DATETIME);

-- clickhouse
SELECT dateTrunc('HOUR', ordered_at) AS "hour", COUNT(*) AS orders_count FROM orders GROUP BY dateTrunc('HOUR', ordered_at);

-- bigquery
SELECT DATETIME_TRUNC(CAST(ordered_at AS DATETIME), HOUR) AS `hour`, COUNT(*) AS orders_count FROM orders GROUP BY DATETIME_TRUNC(CAST(ordered_at AS DATETIME), HOUR);

-- snowflake
SELECT DATE_TRUNC('HOUR', "ordered_at") AS "hour", COUNT(*) AS "orders_count" FROM "orders" GROUP BY DATE_TRUNC('HOUR', "ordered_at");

-- trino
SELECT DATE_TRUNC('HOUR', ordered_at) AS "hour", COUNT(*) AS orders_count FROM orders GROUP BY DATE_TRUNC('HOUR', ordered_at);

-- redshift
SELECT DATE_TRUNC('HOUR', ordered_at) AS "hour", COUNT(*) AS orders_count FROM orders GROUP BY DATE_TRUNC('HOUR', ordered_at);
