-- id of orders where ordered_at <= '2025-02-28'

-- sqlite
SELECT id FROM orders WHERE ordered_at < '2025-03-01';

-- postgres
SELECT id FROM orders WHERE ordered_at < '2025-03-01';

-- duckdb
SELECT id FROM orders WHERE ordered_at < '2025-03-01';

-- mysql
SELECT id FROM orders WHERE ordered_at < '2025-03-01';

-- clickhouse
SELECT id FROM orders WHERE ordered_at < '2025-03-01 00:00:00';

-- bigquery
SELECT id FROM orders WHERE ordered_at < '2025-03-01';

-- snowflake
SELECT "id" FROM "orders" WHERE "ordered_at" < '2025-03-01';

-- trino
SELECT id FROM orders WHERE ordered_at < CAST('2025-03-01 00:00:00' AS TIMESTAMP);

-- redshift
SELECT id FROM orders WHERE ordered_at < '2025-03-01';
