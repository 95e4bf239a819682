-- number of orders by name (also where there are none), highest first, by name

-- sqlite
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id GROUP BY customers.name ORDER BY orders_count DESC, customers.name;

-- postgres
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id GROUP BY customers.name ORDER BY orders_count DESC, customers.name;

-- duckdb
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id GROUP BY customers.name ORDER BY orders_count DESC, customers.name;

-- mysql
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id GROUP BY customers.name ORDER BY orders_count DESC, customers.name;

-- clickhouse
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers) AS facts GROUP BY name ORDER BY orders_count DESC, name;

-- bigquery
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id GROUP BY customers.name ORDER BY orders_count DESC, customers.name;

-- snowflake
SELECT "customers"."name", COUNT("orders"."customer_id") AS "orders_count" FROM "customers" LEFT JOIN "orders" ON "customers"."id" = "orders"."customer_id" GROUP BY "customers"."name" ORDER BY "orders_count" DESC, "customers"."name";

-- trino
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id GROUP BY customers.name ORDER BY orders_count DESC, customers.name;

-- redshift
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id GROUP BY customers.name ORDER BY orders_count DESC, customers.name;
