-- sum of orders.total by customers.country and customers.name, highest first, top 1 of each customers.country

-- sqlite
SELECT country, name, total_total FROM (SELECT customers.country, customers.name, SUM(orders.total) AS total_total, RANK() OVER (PARTITION BY customers.country ORDER BY SUM(orders.total) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country, customers.name) AS ranked WHERE place <= 1 ORDER BY place;

-- postgres
SELECT country, name, total_total FROM (SELECT customers.country, customers.name, SUM(orders.total) AS total_total, RANK() OVER (PARTITION BY customers.country ORDER BY SUM(orders.total) DESC NULLS LAST) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country, customers.name) AS ranked WHERE place <= 1 ORDER BY place;

-- duckdb
SELECT country, name, total_total FROM (SELECT customers.country, customers.name, SUM(orders.total) AS total_total, RANK() OVER (PARTITION BY customers.country ORDER BY SUM(orders.total) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country, customers.name) AS ranked WHERE place <= 1 ORDER BY place;

-- mysql
SELECT country, name, total_total FROM (SELECT customers.country, customers.name, SUM(orders.total) AS total_total, RANK() OVER (PARTITION BY customers.country ORDER BY SUM(orders.total) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country, customers.name) AS ranked WHERE place <= 1 ORDER BY place;

-- clickhouse
SELECT country, name, total_total FROM (SELECT customers.country, customers.name, SUM(orders.total) AS total_total, RANK() OVER (PARTITION BY customers.country ORDER BY SUM(orders.total) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country, customers.name) AS ranked WHERE place <= 1 ORDER BY place;

-- bigquery
SELECT country, name, total_total FROM (SELECT customers.country, customers.name, SUM(orders.total) AS total_total, RANK() OVER (PARTITION BY customers.country ORDER BY SUM(orders.total) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country, customers.name) AS ranked WHERE place <= 1 ORDER BY place;

-- snowflake
SELECT "country", "name", "total_total" FROM (SELECT "customers"."country", "customers"."name", SUM("orders"."total") AS "total_total", RANK() OVER (PARTITION BY "customers"."country" ORDER BY SUM("orders"."total") DESC NULLS LAST) AS "place" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "customers"."country", "customers"."name") AS "ranked" WHERE "place" <= 1 ORDER BY "place";

-- trino
SELECT country, name, total_total FROM (SELECT customers.country, customers.name, SUM(orders.total) AS total_total, RANK() OVER (PARTITION BY customers.country ORDER BY SUM(orders.total) DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country, customers.name) AS ranked WHERE place <= 1 ORDER BY place;

-- redshift
SELECT country, name, total_total FROM (SELECT customers.country, customers.name, SUM(orders.total) AS total_total, RANK() OVER (PARTITION BY customers.country ORDER BY SUM(orders.total) DESC NULLS LAST) AS place FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country, customers.name) AS ranked WHERE place <= 1 ORDER BY place;
