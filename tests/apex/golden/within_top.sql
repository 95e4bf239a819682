-- id of orders where customer_id among (id of customers, by joined, top 1)

-- sqlite
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers ORDER BY joined LIMIT 1);

-- postgres
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers ORDER BY joined LIMIT 1);

-- duckdb
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers ORDER BY joined LIMIT 1);

-- mysql
SELECT id FROM orders WHERE customer_id IN (SELECT * FROM (SELECT id FROM customers ORDER BY joined LIMIT 1) AS among);

-- clickhouse
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers ORDER BY joined LIMIT 1);

-- bigquery
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers ORDER BY joined LIMIT 1);

-- snowflake
SELECT "id" FROM "orders" WHERE "customer_id" IN (SELECT "id" FROM "customers" ORDER BY "joined" LIMIT 1);

-- trino
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers ORDER BY joined LIMIT 1);

-- redshift
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers ORDER BY joined LIMIT 1);
