-- name of customers where year of joined = 2024

-- sqlite
SELECT name FROM customers WHERE CAST(STRFTIME('%Y', joined) AS INTEGER) = 2024;

-- postgres
SELECT name FROM customers WHERE CAST(EXTRACT(YEAR FROM joined) AS INT) = 2024;

-- duckdb
SELECT name FROM customers WHERE YEAR(joined) = 2024;

-- mysql
SELECT name FROM customers WHERE YEAR(joined) = 2024;

-- clickhouse
SELECT name FROM customers WHERE toYear(joined) = 2024;

-- bigquery
SELECT name FROM customers WHERE EXTRACT(YEAR FROM joined) = 2024;

-- snowflake
SELECT "name" FROM "customers" WHERE YEAR("joined") = 2024;

-- trino
SELECT name FROM customers WHERE YEAR(joined) = 2024;

-- redshift
SELECT name FROM customers WHERE CAST(EXTRACT(YEAR FROM joined) AS INTEGER) = 2024;
