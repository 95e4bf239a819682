-- number of orders and sum of orders.total by name (also where there are none) where orders.status = 'paid', 2025-01-01 to before 2025-04-01, by name

-- sqlite
SELECT customers.name, COUNT(orders.customer_id) AS orders_count, SUM(orders.total) AS total_total FROM customers LEFT JOIN orders ON customers.id = orders.customer_id AND orders.status = 'paid' AND orders.ordered_at >= '2025-01-01' AND orders.ordered_at < '2025-04-01' GROUP BY customers.name ORDER BY customers.name;

-- postgres
SELECT customers.name, COUNT(orders.customer_id) AS orders_count, SUM(orders.total) AS total_total FROM customers LEFT JOIN orders ON customers.id = orders.customer_id AND orders.status = 'paid' AND orders.ordered_at >= '2025-01-01' AND orders.ordered_at < '2025-04-01' GROUP BY customers.name ORDER BY customers.name;

-- duckdb
SELECT customers.name, COUNT(orders.customer_id) AS orders_count, SUM(orders.total) AS total_total FROM customers LEFT JOIN orders ON customers.id = orders.customer_id AND orders.status = 'paid' AND orders.ordered_at >= '2025-01-01' AND orders.ordered_at < '2025-04-01' GROUP BY customers.name ORDER BY customers.name;

-- mysql
SELECT customers.name, COUNT(orders.customer_id) AS orders_count, SUM(orders.total) AS total_total FROM customers LEFT JOIN orders ON customers.id = orders.customer_id AND orders.status = 'paid' AND orders.ordered_at >= '2025-01-01' AND orders.ordered_at < '2025-04-01' GROUP BY customers.name ORDER BY customers.name;

-- clickhouse
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count, MAX(total_total_part) AS total_total FROM (SELECT customers.name, COUNT(*) AS orders_count_part, SUM(orders.total) AS total_total_part FROM orders JOIN customers ON orders.customer_id = customers.id WHERE orders.status = 'paid' AND orders.ordered_at >= '2025-01-01 00:00:00' AND orders.ordered_at < '2025-04-01 00:00:00' GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part, NULL AS total_total_part FROM customers) AS facts GROUP BY name ORDER BY name;

-- bigquery
SELECT customers.name, COUNT(orders.customer_id) AS orders_count, SUM(orders.total) AS total_total FROM customers LEFT JOIN orders ON customers.id = orders.customer_id AND orders.status = 'paid' AND orders.ordered_at >= '2025-01-01' AND orders.ordered_at < '2025-04-01' GROUP BY customers.name ORDER BY customers.name;

-- snowflake
SELECT "customers"."name", COUNT("orders"."customer_id") AS "orders_count", SUM("orders"."total") AS "total_total" FROM "customers" LEFT JOIN "orders" ON "customers"."id" = "orders"."customer_id" AND "orders"."status" = 'paid' AND "orders"."ordered_at" >= '2025-01-01' AND "orders"."ordered_at" < '2025-04-01' GROUP BY "customers"."name" ORDER BY "customers"."name";

-- trino
SELECT customers.name, COUNT(orders.customer_id) AS orders_count, SUM(orders.total) AS total_total FROM customers LEFT JOIN orders ON customers.id = orders.customer_id AND orders.status = 'paid' AND orders.ordered_at >= CAST('2025-01-01 00:00:00' AS TIMESTAMP) AND orders.ordered_at < CAST('2025-04-01 00:00:00' AS TIMESTAMP) GROUP BY customers.name ORDER BY customers.name;

-- redshift
SELECT customers.name, COUNT(orders.customer_id) AS orders_count, SUM(orders.total) AS total_total FROM customers LEFT JOIN orders ON customers.id = orders.customer_id AND orders.status = 'paid' AND orders.ordered_at >= '2025-01-01' AND orders.ordered_at < '2025-04-01' GROUP BY customers.name ORDER BY customers.name;
