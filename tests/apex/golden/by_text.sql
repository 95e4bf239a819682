-- sum of orders.total by status, highest first

-- sqlite
SELECT status, SUM(total) AS total_total FROM orders GROUP BY status ORDER BY total_total DESC;

-- postgres
SELECT status, SUM(total) AS total_total FROM orders GROUP BY status ORDER BY total_total DESC NULLS LAST;

-- duckdb
SELECT status, SUM(total) AS total_total FROM orders GROUP BY status ORDER BY total_total DESC;

-- mysql
SELECT status, SUM(total) AS total_total FROM orders GROUP BY status ORDER BY total_total DESC;

-- clickhouse
SELECT status, SUM(total) AS total_total FROM orders GROUP BY status ORDER BY total_total DESC;

-- bigquery
SELECT status, SUM(total) AS total_total FROM orders GROUP BY status ORDER BY total_total DESC;

-- snowflake
SELECT "status", SUM("total") AS "total_total" FROM "orders" GROUP BY "status" ORDER BY "total_total" DESC NULLS LAST;

-- trino
SELECT status, SUM(total) AS total_total FROM orders GROUP BY status ORDER BY total_total DESC;

-- redshift
SELECT status, SUM(total) AS total_total FROM orders GROUP BY status ORDER BY total_total DESC NULLS LAST;
