-- name of customers where country != 'US'

-- sqlite
SELECT name FROM customers WHERE country <> 'US';

-- postgres
SELECT name FROM customers WHERE country <> 'US';

-- duckdb
SELECT name FROM customers WHERE country <> 'US';

-- mysql
SELECT name FROM customers WHERE country <> 'US';

-- clickhouse
SELECT name FROM customers WHERE country <> 'US';

-- bigquery
SELECT name FROM customers WHERE country <> 'US';

-- snowflake
SELECT "name" FROM "customers" WHERE "country" <> 'US';

-- trino
SELECT name FROM customers WHERE country <> 'US';

-- redshift
SELECT name FROM customers WHERE country <> 'US';
