-- number of customers by quarter of year of joined

-- sqlite
SELECT (CAST(STRFTIME('%m', joined) AS INTEGER) + 2) / 3 AS quarter_of_year, COUNT(*) AS customers_count FROM customers GROUP BY (CAST(STRFTIME('%m', joined) AS INTEGER) + 2) / 3;

-- postgres
SELECT CAST(EXTRACT(QUARTER FROM joined) AS INT) AS quarter_of_year, COUNT(*) AS customers_count FROM customers GROUP BY CAST(EXTRACT(QUARTER FROM joined) AS INT);

-- duckdb
SELECT QUARTER(joined) AS quarter_of_year, COUNT(*) AS customers_count FROM customers GROUP BY QUARTER(joined);

-- mysql
SELECT QUARTER(joined) AS quarter_of_year, COUNT(*) AS customers_count FROM customers GROUP BY QUARTER(joined);

-- clickhouse
SELECT toQuarter(joined) AS quarter_of_year, COUNT(*) AS customers_count FROM customers GROUP BY toQuarter(joined);

-- bigquery
SELECT EXTRACT(QUARTER FROM joined) AS quarter_of_year, COUNT(*) AS customers_count FROM customers GROUP BY EXTRACT(QUARTER FROM joined);

-- snowflake
SELECT QUARTER("joined") AS "quarter_of_year", COUNT(*) AS "customers_count" FROM "customers" GROUP BY QUARTER("joined");

-- trino
SELECT QUARTER(joined) AS quarter_of_year, COUNT(*) AS customers_count FROM customers GROUP BY QUARTER(joined);

-- redshift
SELECT CAST(EXTRACT(QUARTER FROM joined) AS INTEGER) AS quarter_of_year, COUNT(*) AS customers_count FROM customers GROUP BY CAST(EXTRACT(QUARTER FROM joined) AS INTEGER);
