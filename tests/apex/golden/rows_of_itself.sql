-- name and name (by referred_by) of customers

-- sqlite
SELECT customers.name AS customers_name, customers_referred_by.name AS customers_name_2 FROM customers JOIN customers AS customers_referred_by ON customers.referred_by = customers_referred_by.id;

-- postgres
SELECT customers.name AS customers_name, customers_referred_by.name AS customers_name_2 FROM customers JOIN customers AS customers_referred_by ON customers.referred_by = customers_referred_by.id;

-- duckdb
SELECT customers.name AS customers_name, customers_referred_by.name AS customers_name_2 FROM customers JOIN customers AS customers_referred_by ON customers.referred_by = customers_referred_by.id;

-- mysql
SELECT customers.name AS customers_name, customers_referred_by.name AS customers_name_2 FROM customers JOIN customers AS customers_referred_by ON customers.referred_by = customers_referred_by.id;

-- clickhouse
SELECT customers.name AS customers_name, customers_referred_by.name AS customers_name_2 FROM customers JOIN customers AS customers_referred_by ON customers.referred_by = customers_referred_by.id;

-- bigquery
SELECT customers.name AS customers_name, customers_referred_by.name AS customers_name_2 FROM customers JOIN customers AS customers_referred_by ON customers.referred_by = customers_referred_by.id;

-- snowflake
SELECT "customers"."name" AS "customers_name", "customers_referred_by"."name" AS "customers_name_2" FROM "customers" JOIN "customers" AS "customers_referred_by" ON "customers"."referred_by" = "customers_referred_by"."id";

-- trino
SELECT customers.name AS customers_name, customers_referred_by.name AS customers_name_2 FROM customers JOIN customers AS customers_referred_by ON customers.referred_by = customers_referred_by.id;

-- redshift
SELECT customers.name AS customers_name, customers_referred_by.name AS customers_name_2 FROM customers JOIN customers AS customers_referred_by ON customers.referred_by = customers_referred_by.id;
