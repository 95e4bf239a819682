-- number of orders by day of ordered_at

-- sqlite
SELECT DATE(ordered_at) AS "day", COUNT(*) AS orders_count FROM orders GROUP BY DATE(ordered_at);

-- postgres
SELECT CAST(ordered_at AS DATE) AS "day", COUNT(*) AS orders_count FROM orders GROUP BY CAST(ordered_at AS DATE);

-- duckdb
SELECT CAST(ordered_at AS DATE) AS "day", COUNT(*) AS orders_count FROM orders GROUP BY CAST(ordered_at AS DATE);

-- mysql
SELECT CAST(ordered_at AS DATE) AS `day`, COUNT(*) AS orders_count FROM orders GROUP BY CAST(ordered_at AS DATE);

-- clickhouse
SELECT toDate(ordered_at) AS "day", COUNT(*) AS orders_count FROM orders GROUP BY toDate(ordered_at);

-- bigquery
SELECT CAST(ordered_at AS DATE) AS `day`, COUNT(*) AS orders_count FROM orders GROUP BY CAST(ordered_at AS DATE);

-- snowflake
SELECT CAST("ordered_at" AS DATE) AS "day", COUNT(*) AS "orders_count" FROM "orders" GROUP BY CAST("ordered_at" AS DATE);

-- trino
SELECT CAST(ordered_at AS DATE) AS "day", COUNT(*) AS orders_count FROM orders GROUP BY CAST(ordered_at AS DATE);

-- redshift
SELECT CAST(ordered_at AS DATE) AS "day", COUNT(*) AS orders_count FROM orders GROUP BY CAST(ordered_at AS DATE);
