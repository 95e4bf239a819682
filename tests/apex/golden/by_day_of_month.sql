-- number of customers by day of month of joined

-- sqlite
SELECT CAST(STRFTIME('%d', joined) AS INTEGER) AS day_of_month, COUNT(*) AS customers_count FROM customers GROUP BY CAST(STRFTIME('%d', joined) AS INTEGER);

-- postgres
SELECT CAST(EXTRACT(DAY FROM joined) AS INT) AS day_of_month, COUNT(*) AS customers_count FROM customers GROUP BY CAST(EXTRACT(DAY FROM joined) AS INT);

-- duckdb
SELECT DAY(joined) AS day_of_month, COUNT(*) AS customers_count FROM customers GROUP BY DAY(joined);

-- mysql
SELECT DAYOFMONTH(joined) AS day_of_month, COUNT(*) AS customers_count FROM customers GROUP BY DAYOFMONTH(joined);

-- clickhouse
SELECT toDayOfMonth(joined) AS day_of_month, COUNT(*) AS customers_count FROM customers GROUP BY toDayOfMonth(joined);

-- bigquery
SELECT EXTRACT(DAY FROM joined) AS day_of_month, COUNT(*) AS customers_count FROM customers GROUP BY EXTRACT(DAY FROM joined);

-- snowflake
SELECT DAYOFMONTH("joined") AS "day_of_month", COUNT(*) AS "customers_count" FROM "customers" GROUP BY DAYOFMONTH("joined");

-- trino
SELECT DAY(joined) AS day_of_month, COUNT(*) AS customers_count FROM customers GROUP BY DAY(joined);

-- redshift
SELECT CAST(EXTRACT(DAY FROM joined) AS INTEGER) AS day_of_month, COUNT(*) AS customers_count FROM customers GROUP BY CAST(EXTRACT(DAY FROM joined) AS INTEGER);
