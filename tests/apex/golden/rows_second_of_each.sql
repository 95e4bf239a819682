-- id of orders, by total, number 2 of each customers.country

-- sqlite
SELECT id FROM (SELECT orders.id, DENSE_RANK() OVER (PARTITION BY customers.country ORDER BY orders.total NULLS LAST) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place BETWEEN 2 AND 2 ORDER BY place;

-- postgres
SELECT id FROM (SELECT orders.id, DENSE_RANK() OVER (PARTITION BY customers.country ORDER BY orders.total) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place BETWEEN 2 AND 2 ORDER BY place;

-- duckdb
SELECT id FROM (SELECT orders.id, DENSE_RANK() OVER (PARTITION BY customers.country ORDER BY orders.total) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place BETWEEN 2 AND 2 ORDER BY place;

-- mysql
SELECT id FROM (SELECT orders.id, DENSE_RANK() OVER (PARTITION BY customers.country ORDER BY CASE WHEN orders.total IS NULL THEN 1 ELSE 0 END, orders.total) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place BETWEEN 2 AND 2 ORDER BY place;

-- clickhouse
SELECT id FROM (SELECT orders.id, DENSE_RANK() OVER (PARTITION BY customers.country ORDER BY orders.total) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place BETWEEN 2 AND 2 ORDER BY place;

-- bigquery
SELECT id FROM (SELECT orders.id, DENSE_RANK() OVER (PARTITION BY customers.country ORDER BY orders.total NULLS LAST) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place BETWEEN 2 AND 2 ORDER BY place;

-- snowflake
SELECT "id" FROM (SELECT "orders"."id", DENSE_RANK() OVER (PARTITION BY "customers"."country" ORDER BY "orders"."total") AS "place" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id") AS "ranked" WHERE "place" BETWEEN 2 AND 2 ORDER BY "place";

-- trino
SELECT id FROM (SELECT orders.id, DENSE_RANK() OVER (PARTITION BY customers.country ORDER BY orders.total) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place BETWEEN 2 AND 2 ORDER BY place;

-- redshift
SELECT id FROM (SELECT orders.id, DENSE_RANK() OVER (PARTITION BY customers.country ORDER BY orders.total) AS place FROM orders JOIN customers ON orders.customer_id = customers.id) AS ranked WHERE place BETWEEN 2 AND 2 ORDER BY place;
