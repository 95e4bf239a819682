-- number of orders by name, also where there are none where country = 'US' with number of orders < 2

-- sqlite
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US' GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers WHERE country = 'US') AS facts GROUP BY name HAVING COALESCE(MAX(orders_count_part), 0) < 2;

-- postgres
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US' GROUP BY customers.name UNION ALL SELECT DISTINCT name, CAST(NULL AS BIGINT) AS orders_count_part FROM customers WHERE country = 'US') AS facts GROUP BY name HAVING COALESCE(MAX(orders_count_part), 0) < 2;

-- duckdb
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US' GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers WHERE country = 'US') AS facts GROUP BY name HAVING COALESCE(MAX(orders_count_part), 0) < 2;

-- mysql
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US' GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers WHERE country = 'US') AS facts GROUP BY name HAVING COALESCE(MAX(orders_count_part), 0) < 2;

-- clickhouse
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US' GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers WHERE country = 'US') AS facts GROUP BY name HAVING COALESCE(MAX(orders_count_part), 0) < 2;

-- bigquery
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US' GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers WHERE country = 'US') AS facts GROUP BY name HAVING COALESCE(MAX(orders_count_part), 0) < 2;

-- snowflake
SELECT "name", COALESCE(MAX("orders_count_part"), 0) AS "orders_count" FROM (SELECT "customers"."name", COUNT(*) AS "orders_count_part" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" WHERE "customers"."country" = 'US' GROUP BY "customers"."name" UNION ALL SELECT DISTINCT "name", NULL AS "orders_count_part" FROM "customers" WHERE "country" = 'US') AS "facts" GROUP BY "name" HAVING COALESCE(MAX("orders_count_part"), 0) < 2;

-- trino
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US' GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers WHERE country = 'US') AS facts GROUP BY name HAVING COALESCE(MAX(orders_count_part), 0) < 2;

-- redshift
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US' GROUP BY customers.name UNION ALL SELECT DISTINCT name, CAST(NULL AS BIGINT) AS orders_count_part FROM customers WHERE country = 'US') AS facts GROUP BY name HAVING COALESCE(MAX(orders_count_part), 0) < 2;
