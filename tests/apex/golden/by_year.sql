-- number of customers by year of joined

-- sqlite
SELECT CAST(STRFTIME('%Y', joined) AS INTEGER) AS year, COUNT(*) AS customers_count FROM customers GROUP BY CAST(STRFTIME('%Y', joined) AS INTEGER);

-- postgres
SELECT CAST(EXTRACT(YEAR FROM joined) AS INT) AS year, COUNT(*) AS customers_count FROM customers GROUP BY CAST(EXTRACT(YEAR FROM joined) AS INT);

-- duckdb
SELECT YEAR(joined) AS year, COUNT(*) AS customers_count FROM customers GROUP BY YEAR(joined);

-- mysql
SELECT YEAR(joined) AS year, COUNT(*) AS customers_count FROM customers GROUP BY YEAR(joined);

-- clickhouse
SELECT toYear(joined) AS year, COUNT(*) AS customers_count FROM customers GROUP BY toYear(joined);

-- bigquery
SELECT EXTRACT(YEAR FROM joined) AS year, COUNT(*) AS customers_count FROM customers GROUP BY EXTRACT(YEAR FROM joined);

-- snowflake
SELECT YEAR("joined") AS "year", COUNT(*) AS "customers_count" FROM "customers" GROUP BY YEAR("joined");

-- trino
SELECT YEAR(joined) AS year, COUNT(*) AS customers_count FROM customers GROUP BY YEAR(joined);

-- redshift
SELECT CAST(EXTRACT(YEAR FROM joined) AS INTEGER) AS year, COUNT(*) AS customers_count FROM customers GROUP BY CAST(EXTRACT(YEAR FROM joined) AS INTEGER);
