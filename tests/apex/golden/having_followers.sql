-- name of customers where there are customers (by referred_by)

-- sqlite
SELECT name FROM customers WHERE id IN (SELECT referred_by FROM customers AS customers_2);

-- postgres
SELECT name FROM customers WHERE id IN (SELECT referred_by FROM customers AS customers_2);

-- duckdb
SELECT name FROM customers WHERE id IN (SELECT referred_by FROM customers AS customers_2);

-- mysql
SELECT name FROM customers WHERE id IN (SELECT referred_by FROM customers AS customers_2);

-- clickhouse
SELECT name FROM customers WHERE id IN (SELECT referred_by FROM customers AS customers_2);

-- bigquery
SELECT name FROM customers WHERE id IN (SELECT referred_by FROM customers AS customers_2);

-- snowflake
SELECT "name" FROM "customers" WHERE "id" IN (SELECT "referred_by" FROM "customers" AS "customers_2");

-- trino
SELECT name FROM customers WHERE id IN (SELECT referred_by FROM customers AS customers_2);

-- redshift
SELECT name FROM customers WHERE id IN (SELECT referred_by FROM customers AS customers_2);
