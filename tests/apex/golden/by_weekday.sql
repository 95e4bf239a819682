-- number of orders by weekday of ordered_at

-- sqlite
SELECT (CAST(STRFTIME('%w', ordered_at) AS INTEGER) + 6) % 7 + 1 AS weekday, COUNT(*) AS orders_count FROM orders GROUP BY (CAST(STRFTIME('%w', ordered_at) AS INTEGER) + 6) % 7 + 1;

-- postgres
SELECT CAST(EXTRACT(ISODOW FROM ordered_at) AS INT) AS weekday, COUNT(*) AS orders_count FROM orders GROUP BY CAST(EXTRACT(ISODOW FROM ordered_at) AS INT);

-- duckdb
SELECT ISODOW(ordered_at) AS weekday, COUNT(*) AS orders_count FROM orders GROUP BY ISODOW(ordered_at);

-- mysql
SELECT WEEKDAY(ordered_at) + 1 AS weekday, COUNT(*) AS orders_count FROM orders GROUP BY WEEKDAY(ordered_at) + 1;

-- clickhouse
SELECT toDayOfWeek(ordered_at) AS weekday, COUNT(*) AS orders_count FROM orders GROUP BY toDayOfWeek(ordered_at);

-- bigquery
SELECT MOD(EXTRACT(DAYOFWEEK FROM ordered_at) + 5, 7) + 1 AS weekday, COUNT(*) AS orders_count FROM orders GROUP BY MOD(EXTRACT(DAYOFWEEK FROM ordered_at) + 5, 7) + 1;

-- snowflake
SELECT DAYOFWEEKISO("ordered_at") AS "weekday", COUNT(*) AS "orders_count" FROM "orders" GROUP BY DAYOFWEEKISO("ordered_at");

-- trino
SELECT DAY_OF_WEEK(ordered_at) AS weekday, COUNT(*) AS orders_count FROM orders GROUP BY DAY_OF_WEEK(ordered_at);

-- redshift
SELECT (CAST(EXTRACT(DOW FROM ordered_at) AS INTEGER) + 6) % 7 + 1 AS weekday, COUNT(*) AS orders_count FROM orders GROUP BY (CAST(EXTRACT(DOW FROM ordered_at) AS INTEGER) + 6) % 7 + 1;
