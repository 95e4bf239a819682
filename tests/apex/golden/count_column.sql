-- number of orders.total

-- sqlite
SELECT COUNT(total) AS total_count FROM orders;

-- postgres
SELECT COUNT(total) AS total_count FROM orders;

-- duckdb
SELECT COUNT(total) AS total_count FROM orders;

-- mysql
SELECT COUNT(total) AS total_count FROM orders;

-- clickhouse
SELECT COUNT(total) AS total_count FROM orders;

-- bigquery
SELECT COUNT(total) AS total_count FROM orders;

-- snowflake
SELECT COUNT("total") AS "total_count" FROM "orders";

-- trino
SELECT COUNT(total) AS total_count FROM orders;

-- redshift
SELECT COUNT(total) AS total_count FROM orders;
