-- name of customers where name = 'ADA'

-- sqlite
SELECT name FROM customers WHERE LOWER(name) = 'ada';

-- postgres
SELECT name FROM customers WHERE LOWER(name) = 'ada';

-- duckdb
SELECT name FROM customers WHERE LOWER(name) = 'ada';

-- mysql
SELECT name FROM customers WHERE LOWER(name) = 'ada';

-- clickhouse
SELECT name FROM customers WHERE LOWER(name) = 'ada';

-- bigquery
SELECT name FROM customers WHERE LOWER(name) = 'ada';

-- snowflake
SELECT "name" FROM "customers" WHERE LOWER("name") = 'ada';

-- trino
SELECT name FROM customers WHERE LOWER(name) = 'ada';

-- redshift
SELECT name FROM customers WHERE LOWER(name) = 'ada';
