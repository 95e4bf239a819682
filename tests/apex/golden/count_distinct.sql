-- number of different orders.customer_id

-- sqlite
SELECT COUNT(DISTINCT customer_id) AS different_customer_id_count FROM orders;

-- postgres
SELECT COUNT(DISTINCT customer_id) AS different_customer_id_count FROM orders;

-- duckdb
SELECT COUNT(DISTINCT customer_id) AS different_customer_id_count FROM orders;

-- mysql
SELECT COUNT(DISTINCT customer_id) AS different_customer_id_count FROM orders;

-- clickhouse
SELECT COUNT(DISTINCT customer_id) AS different_customer_id_count FROM orders;

-- bigquery
SELECT COUNT(DISTINCT customer_id) AS different_customer_id_count FROM orders;

-- snowflake
SELECT COUNT(DISTINCT "customer_id") AS "different_customer_id_count" FROM "orders";

-- trino
SELECT COUNT(DISTINCT customer_id) AS different_customer_id_count FROM orders;

-- redshift
SELECT COUNT(DISTINCT customer_id) AS different_customer_id_count FROM orders;
