-- number of customers and sum of orders.total by status

-- sqlite
SELECT status, COUNT(DISTINCT customer_id) AS customers_count, SUM(total) AS total_total FROM orders GROUP BY status;

-- postgres
SELECT status, COUNT(DISTINCT customer_id) AS customers_count, SUM(total) AS total_total FROM orders GROUP BY status;

-- duckdb
SELECT status, COUNT(DISTINCT customer_id) AS customers_count, SUM(total) AS total_total FROM orders GROUP BY status;

-- mysql
SELECT status, COUNT(DISTINCT customer_id) AS customers_count, SUM(total) AS total_total FROM orders GROUP BY status;

-- clickhouse
SELECT status, COUNT(DISTINCT customer_id) AS customers_count, SUM(total) AS total_total FROM orders GROUP BY status;

-- bigquery
SELECT status, COUNT(DISTINCT customer_id) AS customers_count, SUM(total) AS total_total FROM orders GROUP BY status;

-- snowflake
SELECT "status", COUNT(DISTINCT "customer_id") AS "customers_count", SUM("total") AS "total_total" FROM "orders" GROUP BY "status";

-- trino
SELECT status, COUNT(DISTINCT customer_id) AS customers_count, SUM(total) AS total_total FROM orders GROUP BY status;

-- redshift
SELECT status, COUNT(DISTINCT customer_id) AS customers_count, SUM(total) AS total_total FROM orders GROUP BY status;
