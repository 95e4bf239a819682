-- different status of orders

-- sqlite
SELECT DISTINCT status FROM orders;

-- postgres
SELECT DISTINCT status FROM orders;

-- duckdb
SELECT DISTINCT status FROM orders;

-- mysql
SELECT DISTINCT status FROM orders;

-- clickhouse
SELECT DISTINCT status FROM orders;

-- bigquery
SELECT DISTINCT status FROM orders;

-- snowflake
SELECT DISTINCT "status" FROM "orders";

-- trino
SELECT DISTINCT status FROM orders;

-- redshift
SELECT DISTINCT status FROM orders;
