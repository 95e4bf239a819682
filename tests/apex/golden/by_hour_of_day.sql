-- number of orders by hour of day of ordered_at

-- sqlite
SELECT CAST(STRFTIME('%H', ordered_at) AS INTEGER) AS hour_of_day, COUNT(*) AS orders_count FROM orders GROUP BY CAST(STRFTIME('%H', ordered_at) AS INTEGER);

-- postgres
SELECT CAST(EXTRACT(HOUR FROM ordered_at) AS INT) AS hour_of_day, COUNT(*) AS orders_count FROM orders GROUP BY CAST(EXTRACT(HOUR FROM ordered_at) AS INT);

-- duckdb
SELECT HOUR(ordered_at) AS hour_of_day, COUNT(*) AS orders_count FROM orders GROUP BY HOUR(ordered_at);

-- mysql
SELECT HOUR(ordered_at) AS hour_of_day, COUNT(*) AS orders_count FROM orders GROUP BY HOUR(ordered_at);

-- clickhouse
SELECT toHour(ordered_at) AS hour_of_day, COUNT(*) AS orders_count FROM orders GROUP BY toHour(ordered_at);

-- bigquery
SELECT EXTRACT(HOUR FROM ordered_at) AS hour_of_day, COUNT(*) AS orders_count FROM orders GROUP BY EXTRACT(HOUR FROM ordered_at);

-- snowflake
SELECT HOUR("ordered_at") AS "hour_of_day", COUNT(*) AS "orders_count" FROM "orders" GROUP BY HOUR("ordered_at");

-- trino
SELECT HOUR(ordered_at) AS hour_of_day, COUNT(*) AS orders_count FROM orders GROUP BY HOUR(ordered_at);

-- redshift
SELECT CAST(EXTRACT(HOUR FROM ordered_at) AS INTEGER) AS hour_of_day, COUNT(*) AS orders_count FROM orders GROUP BY CAST(EXTRACT(HOUR FROM ordered_at) AS INTEGER);
