-- number of orders, from 2025-02-28T12:30:00

-- sqlite
SELECT COUNT(*) AS orders_count FROM orders WHERE ordered_at >= '2025-02-28 12:30:00';

-- postgres
SELECT COUNT(*) AS orders_count FROM orders WHERE ordered_at >= '2025-02-28 12:30:00';

-- duckdb
SELECT COUNT(*) AS orders_count FROM orders WHERE ordered_at >= '2025-02-28 12:30:00';

-- mysql
SELECT COUNT(*) AS orders_count FROM orders WHERE ordered_at >= '2025-02-28 12:30:00';

-- clickhouse
SELECT COUNT(*) AS orders_count FROM orders WHERE ordered_at >= '2025-02-28 12:30:00';

-- bigquery
SELECT COUNT(*) AS orders_count FROM orders WHERE ordered_at >= '2025-02-28 12:30:00';

-- snowflake
SELECT COUNT(*) AS "orders_count" FROM "orders" WHERE "ordered_at" >= '2025-02-28 12:30:00';

-- trino
SELECT COUNT(*) AS orders_count FROM orders WHERE ordered_at >= CAST('2025-02-28 12:30:00' AS TIMESTAMP);

-- redshift
SELECT COUNT(*) AS orders_count FROM orders WHERE ordered_at >= '2025-02-28 12:30:00';
