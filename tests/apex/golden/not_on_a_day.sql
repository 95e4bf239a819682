-- id of orders where not (ordered_at = '2025-01-05')

-- sqlite
SELECT id FROM orders WHERE ordered_at < '2025-01-05' OR ordered_at >= '2025-01-06';

-- postgres
SELECT id FROM orders WHERE ordered_at < '2025-01-05' OR ordered_at >= '2025-01-06';

-- duckdb
SELECT id FROM orders WHERE ordered_at < '2025-01-05' OR ordered_at >= '2025-01-06';

-- mysql
SELECT id FROM orders WHERE ordered_at < '2025-01-05' OR ordered_at >= '2025-01-06';

-- clickhouse
SELECT id FROM orders WHERE ordered_at < '2025-01-05 00:00:00' OR ordered_at >= '2025-01-06 00:00:00';

-- bigquery
SELECT id FROM orders WHERE ordered_at < '2025-01-05' OR ordered_at >= '2025-01-06';

-- snowflake
SELECT "id" FROM "orders" WHERE "ordered_at" < '2025-01-05' OR "ordered_at" >= '2025-01-06';

-- trino
SELECT id FROM orders WHERE ordered_at < CAST('2025-01-05 00:00:00' AS TIMESTAMP) OR ordered_at >= CAST('2025-01-06 00:00:00' AS TIMESTAMP);

-- redshift
SELECT id FROM orders WHERE ordered_at < '2025-01-05' OR ordered_at >= '2025-01-06';
