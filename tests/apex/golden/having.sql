-- name of customers with number of orders >= 2

-- sqlite
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name HAVING COUNT(*) >= 2;

-- postgres
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name HAVING COUNT(*) >= 2;

-- duckdb
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name HAVING COUNT(*) >= 2;

-- mysql
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name HAVING COUNT(*) >= 2;

-- clickhouse
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name HAVING COUNT(*) >= 2;

-- bigquery
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name HAVING COUNT(*) >= 2;

-- snowflake
SELECT "customers"."name" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "customers"."name" HAVING COUNT(*) >= 2;

-- trino
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name HAVING COUNT(*) >= 2;

-- redshift
SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name HAVING COUNT(*) >= 2;
