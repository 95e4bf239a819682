-- id and customers.name of orders where status = 'paid', by id

-- sqlite
SELECT orders.id, customers.name FROM orders JOIN customers ON orders.customer_id = customers.id WHERE orders.status = 'paid' ORDER BY orders.id;

-- postgres
SELECT orders.id, customers.name FROM orders JOIN customers ON orders.customer_id = customers.id WHERE orders.status = 'paid' ORDER BY orders.id;

-- duckdb
SELECT orders.id, customers.name FROM orders JOIN customers ON orders.customer_id = customers.id WHERE orders.status = 'paid' ORDER BY orders.id;

-- mysql
SELECT orders.id, customers.name FROM orders JOIN customers ON orders.customer_id = customers.id WHERE orders.status = 'paid' ORDER BY orders.id;

-- clickhouse
SELECT orders.id, customers.name FROM orders JOIN customers ON orders.customer_id = customers.id WHERE orders.status = 'paid' ORDER BY orders.id;

-- bigquery
SELECT orders.id, customers.name FROM orders JOIN customers ON orders.customer_id = customers.id WHERE orders.status = 'paid' ORDER BY orders.id;

-- snowflake
SELECT "orders"."id", "customers"."name" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" WHERE "orders"."status" = 'paid' ORDER BY "orders"."id";

-- trino
SELECT orders.id, customers.name FROM orders JOIN customers ON orders.customer_id = customers.id WHERE orders.status = 'paid' ORDER BY orders.id;

-- redshift
SELECT orders.id, customers.name FROM orders JOIN customers ON orders.customer_id = customers.id WHERE orders.status = 'paid' ORDER BY orders.id;
