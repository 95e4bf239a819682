-- number of orders and number of tickets

-- sqlite
SELECT (SELECT COUNT(*) FROM orders) AS orders_count, (SELECT COUNT(*) FROM tickets) AS tickets_count;

-- postgres
SELECT (SELECT COUNT(*) FROM orders) AS orders_count, (SELECT COUNT(*) FROM tickets) AS tickets_count;

-- duckdb
SELECT (SELECT COUNT(*) FROM orders) AS orders_count, (SELECT COUNT(*) FROM tickets) AS tickets_count;

-- mysql
SELECT (SELECT COUNT(*) FROM orders) AS orders_count, (SELECT COUNT(*) FROM tickets) AS tickets_count;

-- clickhouse
SELECT (SELECT COUNT(*) FROM orders) AS orders_count, (SELECT COUNT(*) FROM tickets) AS tickets_count;

-- bigquery
SELECT (SELECT COUNT(*) FROM orders) AS orders_count, (SELECT COUNT(*) FROM tickets) AS tickets_count;

-- snowflake
SELECT (SELECT COUNT(*) FROM "orders") AS "orders_count", (SELECT COUNT(*) FROM "tickets") AS "tickets_count";

-- trino
SELECT (SELECT COUNT(*) FROM orders) AS orders_count, (SELECT COUNT(*) FROM tickets) AS tickets_count;

-- redshift
SELECT (SELECT COUNT(*) FROM orders) AS orders_count, (SELECT COUNT(*) FROM tickets) AS tickets_count;
