-- number of orders and sum of orders.total, Q1 2025

-- sqlite
SELECT COUNT(*) AS orders_count, SUM(total) AS total_total FROM orders WHERE ordered_at >= '2025-01-01' AND ordered_at < '2025-04-01';

-- postgres
SELECT COUNT(*) AS orders_count, SUM(total) AS total_total FROM orders WHERE ordered_at >= '2025-01-01' AND ordered_at < '2025-04-01';

-- duckdb
SELECT COUNT(*) AS orders_count, SUM(total) AS total_total FROM orders WHERE ordered_at >= '2025-01-01' AND ordered_at < '2025-04-01';

-- mysql
SELECT COUNT(*) AS orders_count, SUM(total) AS total_total FROM orders WHERE ordered_at >= '2025-01-01' AND ordered_at < '2025-04-01';

-- clickhouse
SELECT COUNT(*) AS orders_count, SUM(total) AS total_total FROM orders WHERE ordered_at >= '2025-01-01 00:00:00' AND ordered_at < '2025-04-01 00:00:00';

-- bigquery
SELECT COUNT(*) AS orders_count, SUM(total) AS total_total FROM orders WHERE ordered_at >= '2025-01-01' AND ordered_at < '2025-04-01';

-- snowflake
SELECT COUNT(*) AS "orders_count", SUM("total") AS "total_total" FROM "orders" WHERE "ordered_at" >= '2025-01-01' AND "ordered_at" < '2025-04-01';

-- trino
SELECT COUNT(*) AS orders_count, SUM(total) AS total_total FROM orders WHERE ordered_at >= CAST('2025-01-01 00:00:00' AS TIMESTAMP) AND ordered_at < CAST('2025-04-01 00:00:00' AS TIMESTAMP);

-- redshift
SELECT COUNT(*) AS orders_count, SUM(total) AS total_total FROM orders WHERE ordered_at >= '2025-01-01' AND ordered_at < '2025-04-01';
