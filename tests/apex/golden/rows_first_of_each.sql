-- customers.name and id of orders, by total descending, top 1 of each customer_id

-- sqlite
SELECT name, id FROM (SELECT customers.name, orders.id, RANK() OVER (PARTITION BY orders.customer_id ORDER BY orders.total DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place <= 1 ORDER BY place;

-- postgres
SELECT name, id FROM (SELECT customers.name, orders.id, RANK() OVER (PARTITION BY orders.customer_id ORDER BY orders.total DESC NULLS LAST) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place <= 1 ORDER BY place;

-- duckdb
SELECT name, id FROM (SELECT customers.name, orders.id, RANK() OVER (PARTITION BY orders.customer_id ORDER BY orders.total DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place <= 1 ORDER BY place;

-- mysql
SELECT name, id FROM (SELECT customers.name, orders.id, RANK() OVER (PARTITION BY orders.customer_id ORDER BY orders.total DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place <= 1 ORDER BY place;

-- clickhouse
SELECT name, id FROM (SELECT customers.name, orders.id, RANK() OVER (PARTITION BY orders.customer_id ORDER BY orders.total DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place <= 1 ORDER BY place;

-- bigquery
SELECT name, id FROM (SELECT customers.name, orders.id, RANK() OVER (PARTITION BY orders.customer_id ORDER BY orders.total DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place <= 1 ORDER BY place;

-- snowflake
SELECT "name", "id" FROM (SELECT "customers"."name", "orders"."id", RANK() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."total" DESC NULLS LAST) AS "place" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id") AS "ranked" WHERE "place" <= 1 ORDER BY "place";

-- trino
SELECT name, id FROM (SELECT customers.name, orders.id, RANK() OVER (PARTITION BY orders.customer_id ORDER BY orders.total DESC) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place <= 1 ORDER BY place;

-- redshift
SELECT name, id FROM (SELECT customers.name, orders.id, RANK() OVER (PARTITION BY orders.customer_id ORDER BY orders.total DESC NULLS LAST) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place <= 1 ORDER BY place;
