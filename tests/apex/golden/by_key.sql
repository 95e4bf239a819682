-- number of orders by customers.id, by customers.id

-- sqlite
SELECT customer_id AS id, COUNT(*) AS orders_count FROM orders GROUP BY customer_id ORDER BY customer_id;

-- postgres
SELECT customer_id AS id, COUNT(*) AS orders_count FROM orders GROUP BY customer_id ORDER BY customer_id;

-- duckdb
SELECT customer_id AS id, COUNT(*) AS orders_count FROM orders GROUP BY customer_id ORDER BY customer_id;

-- mysql
SELECT customer_id AS id, COUNT(*) AS orders_count FROM orders GROUP BY customer_id ORDER BY customer_id;

-- clickhouse
SELECT customer_id AS id, COUNT(*) AS orders_count FROM orders GROUP BY customer_id ORDER BY customer_id;

-- bigquery
SELECT customer_id AS id, COUNT(*) AS orders_count FROM orders GROUP BY id ORDER BY customer_id;

-- snowflake
SELECT "customer_id" AS "id", COUNT(*) AS "orders_count" FROM "orders" GROUP BY "customer_id" ORDER BY "customer_id";

-- trino
SELECT customer_id AS id, COUNT(*) AS orders_count FROM orders GROUP BY customer_id ORDER BY customer_id;

-- redshift
SELECT customer_id AS id, COUNT(*) AS orders_count FROM orders GROUP BY customer_id ORDER BY customer_id;
