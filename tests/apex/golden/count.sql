-- number of customers

-- sqlite
SELECT COUNT(*) AS customers_count FROM customers;

-- postgres
SELECT COUNT(*) AS customers_count FROM customers;

-- duckdb
SELECT COUNT(*) AS customers_count FROM customers;

-- mysql
SELECT COUNT(*) AS customers_count FROM customers;

-- clickhouse
SELECT COUNT(*) AS customers_count FROM customers;

-- bigquery
SELECT COUNT(*) AS customers_count FROM customers;

-- snowflake
SELECT COUNT(*) AS "customers_count" FROM "customers";

-- trino
SELECT COUNT(*) AS customers_count FROM customers;

-- redshift
SELECT COUNT(*) AS customers_count FROM customers;
