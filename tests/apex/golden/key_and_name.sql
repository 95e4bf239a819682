-- number of orders by customers.id and customers.name, by customers.id

-- sqlite
SELECT orders.customer_id AS id, customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY orders.customer_id, customers.name ORDER BY orders.customer_id;

-- postgres
SELECT orders.customer_id AS id, customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY orders.customer_id, customers.name ORDER BY orders.customer_id;

-- duckdb
SELECT orders.customer_id AS id, customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY orders.customer_id, customers.name ORDER BY orders.customer_id;

-- mysql
SELECT orders.customer_id AS id, customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY orders.customer_id, customers.name ORDER BY orders.customer_id;

-- clickhouse
SELECT orders.customer_id AS id, customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY orders.customer_id, customers.name ORDER BY orders.customer_id;

-- bigquery
SELECT orders.customer_id AS id, customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY id, customers.name ORDER BY orders.customer_id;

-- snowflake
SELECT "orders"."customer_id" AS "id", "customers"."name", COUNT(*) AS "orders_count" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "orders"."customer_id", "customers"."name" ORDER BY "orders"."customer_id";

-- trino
SELECT orders.customer_id AS id, customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY orders.customer_id, customers.name ORDER BY orders.customer_id;

-- redshift
SELECT orders.customer_id AS id, customers.name, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY orders.customer_id, customers.name ORDER BY orders.customer_id;
