-- number of orders and sum of orders.total by customers.country, highest first, by customers.country

-- sqlite
SELECT customers.country, COUNT(*) AS orders_count, SUM(orders.total) AS total_total FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country ORDER BY orders_count DESC, customers.country NULLS LAST;

-- postgres
SELECT customers.country, COUNT(*) AS orders_count, SUM(orders.total) AS total_total FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country ORDER BY orders_count DESC, customers.country;

-- duckdb
SELECT customers.country, COUNT(*) AS orders_count, SUM(orders.total) AS total_total FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country ORDER BY orders_count DESC, customers.country;

-- mysql
SELECT customers.country, COUNT(*) AS orders_count, SUM(orders.total) AS total_total FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country ORDER BY orders_count DESC, CASE WHEN customers.country IS NULL THEN 1 ELSE 0 END, customers.country;

-- clickhouse
SELECT customers.country, COUNT(*) AS orders_count, SUM(orders.total) AS total_total FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country ORDER BY orders_count DESC, customers.country;

-- bigquery
SELECT customers.country, COUNT(*) AS orders_count, SUM(orders.total) AS total_total FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country ORDER BY orders_count DESC, customers.country NULLS LAST;

-- snowflake
SELECT "customers"."country", COUNT(*) AS "orders_count", SUM("orders"."total") AS "total_total" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "customers"."country" ORDER BY "orders_count" DESC, "customers"."country";

-- trino
SELECT customers.country, COUNT(*) AS orders_count, SUM(orders.total) AS total_total FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country ORDER BY orders_count DESC, customers.country;

-- redshift
SELECT customers.country, COUNT(*) AS orders_count, SUM(orders.total) AS total_total FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country ORDER BY orders_count DESC, customers.country;
