-- number of orders by customers.name and customers.id, highest first, top 1

-- sqlite
SELECT customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY orders_count DESC LIMIT 1;

-- postgres
SELECT customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY orders_count DESC LIMIT 1;

-- duckdb
SELECT customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY orders_count DESC LIMIT 1;

-- mysql
SELECT customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY orders_count DESC LIMIT 1;

-- clickhouse
SELECT customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY orders_count DESC LIMIT 1;

-- bigquery
SELECT customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY orders_count DESC LIMIT 1;

-- snowflake
SELECT "customers"."name", COUNT(*) AS "orders_count" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "customers"."name", "customers"."id" ORDER BY "orders_count" DESC LIMIT 1;

-- trino
SELECT customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY orders_count DESC LIMIT 1;

-- redshift
SELECT customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY orders_count DESC LIMIT 1;
