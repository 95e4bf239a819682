-- name of customers where not (country = 'US' or id > 3)

-- sqlite
SELECT name FROM customers WHERE country <> 'US' AND id <= 3;

-- postgres
SELECT name FROM customers WHERE country <> 'US' AND id <= 3;

-- duckdb
SELECT name FROM customers WHERE country <> 'US' AND id <= 3;

-- mysql
SELECT name FROM customers WHERE country <> 'US' AND id <= 3;

-- clickhouse
SELECT name FROM customers WHERE country <> 'US' AND id <= 3;

-- bigquery
SELECT name FROM customers WHERE country <> 'US' AND id <= 3;

-- snowflake
SELECT "name" FROM "customers" WHERE "country" <> 'US' AND "id" <= 3;

-- trino
SELECT name FROM customers WHERE country <> 'US' AND id <= 3;

-- redshift
SELECT name FROM customers WHERE country <> 'US' AND id <= 3;
