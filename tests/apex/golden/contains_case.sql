-- name of customers where name contains 'a'

-- sqlite
SELECT name FROM customers WHERE INSTR(name, 'a') > 0;

-- postgres
SELECT name FROM customers WHERE name LIKE '%a%';

-- duckdb
SELECT name FROM customers WHERE name LIKE '%a%';

-- mysql
SELECT name FROM customers WHERE name LIKE '%a%';

-- clickhouse
SELECT name FROM customers WHERE name LIKE '%a%';

-- bigquery
SELECT name FROM customers WHERE name LIKE '%a%';

-- snowflake
SELECT "name" FROM "customers" WHERE "name" LIKE '%a%';

-- trino
SELECT name FROM customers WHERE name LIKE '%a%';

-- redshift
SELECT name FROM customers WHERE name LIKE '%a%';
