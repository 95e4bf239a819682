-- number of customers by month of year of joined

-- sqlite
SELECT CAST(STRFTIME('%m', joined) AS INTEGER) AS month_of_year, COUNT(*) AS customers_count FROM customers GROUP BY CAST(STRFTIME('%m', joined) AS INTEGER);

-- postgres
SELECT CAST(EXTRACT(MONTH FROM joined) AS INT) AS month_of_year, COUNT(*) AS customers_count FROM customers GROUP BY CAST(EXTRACT(MONTH FROM joined) AS INT);

-- duckdb
SELECT MONTH(joined) AS month_of_year, COUNT(*) AS customers_count FROM customers GROUP BY MONTH(joined);

-- mysql
SELECT MONTH(joined) AS month_of_year, COUNT(*) AS customers_count FROM customers GROUP BY MONTH(joined);

-- clickhouse
SELECT toMonth(joined) AS month_of_year, COUNT(*) AS customers_count FROM customers GROUP BY toMonth(joined);

-- bigquery
SELECT EXTRACT(MONTH FROM joined) AS month_of_year, COUNT(*) AS customers_count FROM customers GROUP BY EXTRACT(MONTH FROM joined);

-- snowflake
SELECT MONTH("joined") AS "month_of_year", COUNT(*) AS "customers_count" FROM "customers" GROUP BY MONTH("joined");

-- trino
SELECT MONTH(joined) AS month_of_year, COUNT(*) AS customers_count FROM customers GROUP BY MONTH(joined);

-- redshift
SELECT CAST(EXTRACT(MONTH FROM joined) AS INTEGER) AS month_of_year, COUNT(*) AS customers_count FROM customers GROUP BY CAST(EXTRACT(MONTH FROM joined) AS INTEGER);
