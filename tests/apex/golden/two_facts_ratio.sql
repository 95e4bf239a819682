-- number of tickets / number of orders by name

-- sqlite
SELECT name, CAST(COALESCE(MAX(tickets_count_part), 0) AS REAL) / NULLIF(COALESCE(MAX(orders_count_part), 0), 0) AS tickets_per_order FROM (SELECT customers.name, COUNT(*) AS tickets_count_part, NULL AS orders_count_part FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT customers.name, NULL AS tickets_count_part, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS facts GROUP BY name;

-- postgres
SELECT name, CAST(COALESCE(MAX(tickets_count_part), 0) AS DOUBLE PRECISION) / NULLIF(COALESCE(MAX(orders_count_part), 0), 0) AS tickets_per_order FROM (SELECT customers.name, COUNT(*) AS tickets_count_part, CAST(NULL AS BIGINT) AS orders_count_part FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT customers.name, CAST(NULL AS BIGINT) AS tickets_count_part, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS facts GROUP BY name;

-- duckdb
SELECT name, CAST(COALESCE(MAX(tickets_count_part), 0) AS DOUBLE) / NULLIF(COALESCE(MAX(orders_count_part), 0), 0) AS tickets_per_order FROM (SELECT customers.name, COUNT(*) AS tickets_count_part, NULL AS orders_count_part FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT customers.name, NULL AS tickets_count_part, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS facts GROUP BY name;

-- mysql
SELECT name, CAST(COALESCE(MAX(tickets_count_part), 0) AS DOUBLE) / NULLIF(COALESCE(MAX(orders_count_part), 0), 0) AS tickets_per_order FROM (SELECT customers.name, COUNT(*) AS tickets_count_part, NULL AS orders_count_part FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT customers.name, NULL AS tickets_count_part, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS facts GROUP BY name;

-- clickhouse
SELECT name, CAST(COALESCE(MAX(tickets_count_part), 0) AS Nullable(Float64)) / nullIf(COALESCE(MAX(orders_count_part), 0), 0) AS tickets_per_order FROM (SELECT customers.name, COUNT(*) AS tickets_count_part, NULL AS orders_count_part FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT customers.name, NULL AS tickets_count_part, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS facts GROUP BY name;

-- bigquery
SELECT name, CAST(COALESCE(MAX(tickets_count_part), 0) AS FLOAT64) / NULLIF(COALESCE(MAX(orders_count_part), 0), 0) AS tickets_per_order FROM (SELECT customers.name, COUNT(*) AS tickets_count_part, NULL AS orders_count_part FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT customers.name, NULL AS tickets_count_part, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS facts GROUP BY name;

-- snowflake
SELECT "name", CAST(COALESCE(MAX("tickets_count_part"), 0) AS DOUBLE) / NULLIF(COALESCE(MAX("orders_count_part"), 0), 0) AS "tickets_per_order" FROM (SELECT "customers"."name", COUNT(*) AS "tickets_count_part", NULL AS "orders_count_part" FROM "tickets" JOIN "customers" ON "tickets"."customer_id" = "customers"."id" GROUP BY "customers"."name" UNION ALL SELECT "customers"."name", NULL AS "tickets_count_part", COUNT(*) AS "orders_count_part" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "customers"."name") AS "facts" GROUP BY "name";

-- trino
SELECT name, CAST(COALESCE(MAX(tickets_count_part), 0) AS DOUBLE) / NULLIF(COALESCE(MAX(orders_count_part), 0), 0) AS tickets_per_order FROM (SELECT customers.name, COUNT(*) AS tickets_count_part, NULL AS orders_count_part FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT customers.name, NULL AS tickets_count_part, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS facts GROUP BY name;

-- redshift
SELECT name, CAST(COALESCE(MAX(tickets_count_part), 0) AS DOUBLE PRECISION) / NULLIF(COALESCE(MAX(orders_count_part), 0), 0) AS tickets_per_order FROM (SELECT customers.name, COUNT(*) AS tickets_count_part, CAST(NULL AS BIGINT) AS orders_count_part FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.name UNION ALL SELECT customers.name, CAST(NULL AS BIGINT) AS tickets_count_part, COUNT(*) AS orders_count_part FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name) AS facts GROUP BY name;
