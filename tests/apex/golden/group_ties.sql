-- number of orders by customers.name, highest first, top 2 and those equal to the last

-- sqlite
SELECT name, orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS ranked WHERE place <= 2 ORDER BY place;

-- postgres
SELECT name, orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS ranked WHERE place <= 2 ORDER BY place;

-- duckdb
SELECT name, orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS ranked WHERE place <= 2 ORDER BY place;

-- mysql
SELECT name, orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS ranked WHERE place <= 2 ORDER BY place;

-- clickhouse
SELECT name, orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS ranked WHERE place <= 2 ORDER BY place;

-- bigquery
SELECT name, orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS ranked WHERE place <= 2 ORDER BY place;

-- snowflake
SELECT "name", "orders_count" FROM (SELECT "customers"."name", COUNT(*) AS "orders_count", RANK() OVER (ORDER BY COUNT(*) DESC) AS "place" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "customers"."name") AS "ranked" WHERE "place" <= 2 ORDER BY "place";

-- trino
SELECT name, orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS ranked WHERE place <= 2 ORDER BY place;

-- redshift
SELECT name, orders_count FROM (SELECT customers.name, COUNT(*) AS orders_count, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS ranked WHERE place <= 2 ORDER BY place;
