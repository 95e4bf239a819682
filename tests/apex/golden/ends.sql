-- name of customers where name ends with 'e'

-- sqlite
SELECT name FROM customers WHERE SUBSTR(name, -1, 1) = 'e';

-- postgres
SELECT name FROM customers WHERE name LIKE '%e';

-- duckdb
SELECT name FROM customers WHERE name LIKE '%e';

-- mysql
SELECT name FROM customers WHERE name LIKE '%e';

-- clickhouse
SELECT name FROM customers WHERE name LIKE '%e';

-- bigquery
SELECT name FROM customers WHERE name LIKE '%e';

-- snowflake
SELECT "name" FROM "customers" WHERE "name" LIKE '%e';

-- trino
SELECT name FROM customers WHERE name LIKE '%e';

-- redshift
SELECT name FROM customers WHERE name LIKE '%e';
