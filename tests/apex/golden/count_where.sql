-- number of orders where customers.country = 'US'

-- sqlite
SELECT COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US';

-- postgres
SELECT COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US';

-- duckdb
SELECT COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US';

-- mysql
SELECT COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US';

-- clickhouse
SELECT COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US';

-- bigquery
SELECT COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US';

-- snowflake
SELECT COUNT(*) AS "orders_count" FROM "orders" JOIN "customers" ON "orders"."customer_id" = "customers"."id" WHERE "customers"."country" = 'US';

-- trino
SELECT COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US';

-- redshift
SELECT COUNT(*) AS orders_count FROM orders JOIN customers ON orders.customer_id = customers.id WHERE customers.country = 'US';
