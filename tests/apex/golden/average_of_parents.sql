-- average of customers.id by status

-- sqlite
SELECT status, AVG(id) AS average_id FROM (SELECT DISTINCT customers.id, orders.status FROM customers JOIN orders ON customers.id = orders.customer_id) AS each_once GROUP BY status;

-- postgres
SELECT status, AVG(id) AS average_id FROM (SELECT DISTINCT customers.id, orders.status FROM customers JOIN orders ON customers.id = orders.customer_id) AS each_once GROUP BY status;

-- duckdb
SELECT status, AVG(id) AS average_id FROM (SELECT DISTINCT customers.id, orders.status FROM customers JOIN orders ON customers.id = orders.customer_id) AS each_once GROUP BY status;

-- mysql
SELECT status, AVG(CAST(id AS DOUBLE)) AS average_id FROM (SELECT DISTINCT customers.id, orders.status FROM customers JOIN orders ON customers.id = orders.customer_id) AS each_once GROUP BY status;

-- clickhouse
SELECT status, AVG(id) AS average_id FROM (SELECT DISTINCT customers.id, orders.status FROM customers JOIN orders ON customers.id = orders.customer_id) AS each_once GROUP BY status;

-- bigquery
SELECT status, AVG(id) AS average_id FROM (SELECT DISTINCT customers.id, orders.status FROM customers JOIN orders ON customers.id = orders.customer_id) AS each_once GROUP BY status;

-- snowflake
SELECT "status", AVG(CAST("id" AS DOUBLE)) AS "average_id" FROM (SELECT DISTINCT "customers"."id", "orders"."status" FROM "customers" JOIN "orders" ON "customers"."id" = "orders"."customer_id") AS "each_once" GROUP BY "status";

-- trino
SELECT status, AVG(CAST(id AS DOUBLE)) AS average_id FROM (SELECT DISTINCT customers.id, orders.status FROM customers JOIN orders ON customers.id = orders.customer_id) AS each_once GROUP BY status;

-- redshift
SELECT status, AVG(CAST(id AS DOUBLE PRECISION)) AS average_id FROM (SELECT DISTINCT customers.id, orders.status FROM customers JOIN orders ON customers.id = orders.customer_id) AS each_once GROUP BY status;
