-- name of customers where id among (customer_id of tickets)

-- sqlite
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM tickets);

-- postgres
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM tickets);

-- duckdb
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM tickets);

-- mysql
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM tickets);

-- clickhouse
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM tickets);

-- bigquery
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM tickets);

-- snowflake
SELECT "name" FROM "customers" WHERE "id" IN (SELECT "customer_id" FROM "tickets");

-- trino
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM tickets);

-- redshift
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM tickets);
