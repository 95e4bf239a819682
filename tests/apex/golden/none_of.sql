-- name of customers where not (country in ('US', 'UK'))

-- sqlite
SELECT name FROM customers WHERE NOT country IN ('US', 'UK');

-- postgres
SELECT name FROM customers WHERE NOT country IN ('US', 'UK');

-- duckdb
SELECT name FROM customers WHERE NOT country IN ('US', 'UK');

-- mysql
SELECT name FROM customers WHERE NOT country IN ('US', 'UK');

-- clickhouse
SELECT name FROM customers WHERE NOT (country IN ('US', 'UK'));

-- bigquery
SELECT name FROM customers WHERE NOT country IN ('US', 'UK');

-- snowflake
SELECT "name" FROM "customers" WHERE NOT "country" IN ('US', 'UK');

-- trino
SELECT name FROM customers WHERE NOT country IN ('US', 'UK');

-- redshift
SELECT name FROM customers WHERE NOT country IN ('US', 'UK');
