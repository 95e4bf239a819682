-- sum of orders.total where status = 'paid' and number of orders by customers.country

-- sqlite
SELECT customers.country, SUM(CASE WHEN orders.status = 'paid' THEN orders.total END) AS paid_total_total, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country;

-- postgres
SELECT customers.country, SUM(CASE WHEN orders.status = 'paid' THEN orders.total END) AS paid_total_total, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country;

-- duckdb
SELECT customers.country, SUM(CASE WHEN orders.status = 'paid' THEN orders.total END) AS paid_total_total, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country;

-- mysql
SELECT customers.country, SUM(CASE WHEN orders.status = 'paid' THEN orders.total END) AS paid_total_total, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country;

-- clickhouse
SELECT customers.country, SUM(CASE WHEN orders.status = 'paid' THEN orders.total END) AS paid_total_total, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country;

-- bigquery
SELECT customers.country, SUM(CASE WHEN orders.status = 'paid' THEN orders.total END) AS paid_total_total, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country;

-- snowflake
SELECT "customers"."country", SUM(CASE WHEN "orders"."status" = 'paid' THEN "orders"."total" END) AS "paid_total_total", COUNT(*) AS "orders_count" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "customers"."country";

-- trino
SELECT customers.country, SUM(CASE WHEN orders.status = 'paid' THEN orders.total END) AS paid_total_total, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country;

-- redshift
SELECT customers.country, SUM(CASE WHEN orders.status = 'paid' THEN orders.total END) AS paid_total_total, COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.country;
