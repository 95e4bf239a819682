-- name and country of customers, by name

-- sqlite
SELECT name, country FROM customers ORDER BY name;

-- postgres
SELECT name, country FROM customers ORDER BY name;

-- duckdb
SELECT name, country FROM customers ORDER BY name;

-- mysql
SELECT name, country FROM customers ORDER BY name;

-- clickhouse
SELECT name, country FROM customers ORDER BY name;

-- bigquery
SELECT name, country FROM customers ORDER BY name;

-- snowflake
SELECT "name", "country" FROM "customers" ORDER BY "name";

-- trino
SELECT name, country FROM customers ORDER BY name;

-- redshift
SELECT name, country FROM customers ORDER BY name;
