-- days from customers.joined to ordered_at and id of orders

-- sqlite
SELECT CAST(JULIANDAY(DATE(orders.ordered_at)) - JULIANDAY(DATE(customers.joined)) AS INTEGER) AS days, orders.id FROM orders JOIN customers ON orders.customer_id = customers.id;

-- postgres
SELECT CAST(orders.ordered_at AS DATE) - CAST(customers.joined AS DATE) AS days, orders.id FROM orders JOIN customers ON orders.customer_id = customers.id;

-- duckdb
SELECT DATE_DIFF('DAY', CAST(customers.joined AS DATE), CAST(orders.ordered_at AS DATE)) AS days, orders.id FROM orders JOIN customers ON orders.customer_id = customers.id;

-- mysql
SELECT DATEDIFF(orders.ordered_at, customers.joined) AS days, orders.id FROM orders JOIN customers ON orders.customer_id = customers.id;

-- clickhouse
SELECT DATE_DIFF(DAY, customers.joined, orders.ordered_at) AS days, orders.id FROM orders JOIN customers ON orders.customer_id = customers.id;

-- bigquery
SELECT DATE_DIFF(CAST(orders.ordered_at AS DATE), CAST(customers.joined AS DATE), DAY) AS days, orders.id FROM orders JOIN customers ON orders.customer_id = customers.id;

-- snowflake
SELECT DATEDIFF(DAY, "customers"."joined", "orders"."ordered_at") AS "days", "orders"."id" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id";

-- trino
SELECT DATE_DIFF('DAY', CAST(customers.joined AS DATE), CAST(orders.ordered_at AS DATE)) AS days, orders.id FROM orders JOIN customers ON orders.customer_id = customers.id;

-- redshift
SELECT DATEDIFF(DAY, customers.joined, orders.ordered_at) AS days, orders.id FROM orders JOIN customers ON orders.customer_id = customers.id;
