-- number of orders by name, also where there are none, highest first, by name

-- sqlite
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers) AS facts GROUP BY name ORDER BY orders_count DESC, name;

-- postgres
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT DISTINCT name, CAST(NULL AS BIGINT) AS orders_count_part FROM customers) AS facts GROUP BY name ORDER BY orders_count DESC, name;

-- duckdb
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers) AS facts GROUP BY name ORDER BY orders_count DESC, name;

-- mysql
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers) AS facts GROUP BY name ORDER BY orders_count DESC, name;

-- clickhouse
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers) AS facts GROUP BY name ORDER BY orders_count DESC, name;

-- bigquery
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers) AS facts GROUP BY name ORDER BY orders_count DESC, name;

-- snowflake
SELECT "name", COALESCE(MAX("orders_count_part"), 0) AS "orders_count" FROM (SELECT "customers"."name", COUNT(*) AS "orders_count_part" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "customers"."name" UNION ALL SELECT DISTINCT "name", NULL AS "orders_count_part" FROM "customers") AS "facts" GROUP BY "name" ORDER BY "orders_count" DESC, "name";

-- trino
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers) AS facts GROUP BY name ORDER BY orders_count DESC, name;

-- redshift
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT DISTINCT name, CAST(NULL AS BIGINT) AS orders_count_part FROM customers) AS facts GROUP BY name ORDER BY orders_count DESC, name;
