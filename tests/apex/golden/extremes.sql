-- lowest of orders.ordered_at and highest of orders.total

-- sqlite
SELECT MIN(ordered_at) AS minimum_ordered_at, MAX(total) AS maximum_total FROM orders;

-- postgres
SELECT MIN(ordered_at) AS minimum_ordered_at, MAX(total) AS maximum_total FROM orders;

-- duckdb
SELECT MIN(ordered_at) AS minimum_ordered_at, MAX(total) AS maximum_total FROM orders;

-- mysql
SELECT MIN(ordered_at) AS minimum_ordered_at, MAX(total) AS maximum_total FROM orders;

-- clickhouse
SELECT MIN(ordered_at) AS minimum_ordered_at, MAX(total) AS maximum_total FROM orders;

-- bigquery
SELECT MIN(ordered_at) AS minimum_ordered_at, MAX(total) AS maximum_total FROM orders;

-- snowflake
SELECT MIN("ordered_at") AS "minimum_ordered_at", MAX("total") AS "maximum_total" FROM "orders";

-- trino
SELECT MIN(ordered_at) AS minimum_ordered_at, MAX(total) AS maximum_total FROM orders;

-- redshift
SELECT MIN(ordered_at) AS minimum_ordered_at, MAX(total) AS maximum_total FROM orders;
