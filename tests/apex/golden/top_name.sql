-- customers.name of orders, by number of orders descending, top 1

-- sqlite
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY COUNT(*) DESC LIMIT 1;

-- postgres
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY COUNT(*) DESC LIMIT 1;

-- duckdb
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY COUNT(*) DESC LIMIT 1;

-- mysql
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY COUNT(*) DESC LIMIT 1;

-- clickhouse
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY COUNT(*) DESC LIMIT 1;

-- bigquery
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY COUNT(*) DESC LIMIT 1;

-- snowflake
SELECT "customers"."name" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "customers"."name", "customers"."id" ORDER BY COUNT(*) DESC LIMIT 1;

-- trino
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY COUNT(*) DESC LIMIT 1;

-- redshift
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name, customers.id ORDER BY COUNT(*) DESC LIMIT 1;
