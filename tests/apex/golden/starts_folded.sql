-- name of customers where name starts with 'gR'

-- sqlite
SELECT name FROM customers WHERE name LIKE 'gR%';

-- postgres
SELECT name FROM customers WHERE LOWER(name) LIKE 'gr%';

-- duckdb
SELECT name FROM customers WHERE LOWER(name) LIKE 'gr%';

-- mysql
SELECT name FROM customers WHERE LOWER(name) LIKE 'gr%';

-- clickhouse
SELECT name FROM customers WHERE LOWER(name) LIKE 'gr%';

-- bigquery
SELECT name FROM customers WHERE LOWER(name) LIKE 'gr%';

-- snowflake
SELECT "name" FROM "customers" WHERE LOWER("name") LIKE 'gr%';

-- trino
SELECT name FROM customers WHERE LOWER(name) LIKE 'gr%';

-- redshift
SELECT name FROM customers WHERE LOWER(name) LIKE 'gr%';
