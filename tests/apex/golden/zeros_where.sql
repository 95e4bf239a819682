-- number of orders by name (also where there are none) where country = 'US' with number of orders < 2

-- sqlite
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id WHERE customers.country = 'US' GROUP BY customers.name HAVING COUNT(orders.customer_id) < 2;

-- postgres
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id WHERE customers.country = 'US' GROUP BY customers.name HAVING COUNT(orders.customer_id) < 2;

-- duckdb
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id WHERE customers.country = 'US' GROUP BY customers.name HAVING COUNT(orders.customer_id) < 2;

-- mysql
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id WHERE customers.country = 'US' GROUP BY customers.name HAVING COUNT(orders.customer_id) < 2;

-- clickhouse
SELECT name, COALESCE(MAX(orders_count_part), 0) AS orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US' GROUP BY customers.name UNION ALL SELECT DISTINCT name, NULL AS orders_count_part FROM customers WHERE country = 'US') AS facts GROUP BY name HAVING COALESCE(MAX(orders_count_part), 0) < 2;

-- bigquery
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id WHERE customers.country = 'US' GROUP BY customers.name HAVING COUNT(orders.customer_id) < 2;

-- snowflake
SELECT "customers"."name", COUNT("orders"."customer_id") AS "orders_count" FROM "customers" LEFT JOIN "orders" ON "customers"."id" = "orders"."customer_id" WHERE "customers"."country" = 'US' GROUP BY "customers"."name" HAVING COUNT("orders"."customer_id") < 2;

-- trino
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id WHERE customers.country = 'US' GROUP BY customers.name HAVING COUNT(orders.customer_id) < 2;

-- redshift
SELECT customers.name, COUNT(orders.customer_id) AS orders_count FROM customers LEFT JOIN orders ON customers.id = orders.customer_id WHERE customers.country = 'US' GROUP BY customers.name HAVING COUNT(orders.customer_id) < 2;
