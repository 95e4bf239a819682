-- number of orders by quarter of ordered_at

-- sqlite
SELECT DATE(ordered_at, 'start of month', '-' || ((CAST(STRFTIME('%m', ordered_at) AS INTEGER) - 1) % 3) || ' months') AS quarter, COUNT(*) AS orders_count FROM orders GROUP BY DATE(ordered_at, 'start of month', '-' || ((CAST(STRFTIME('%m', ordered_at) AS INTEGER) - 1) % 3) || ' months');

-- postgres
SELECT CAST(DATE_TRUNC('QUARTER', ordered_at) AS DATE) AS quarter, COUNT(*) AS orders_count FROM orders GROUP BY CAST(DATE_TRUNC('QUARTER', ordered_at) AS DATE);

-- duckdb
SELECT CAST(DATE_TRUNC('QUARTER', ordered_at) AS DATE) AS quarter, COUNT(*) AS orders_count FROM orders GROUP BY CAST(DATE_TRUNC('QUARTER', ordered_at) AS DATE);

-- mysql
SELECT DATE_ADD(MAKEDATE(YEAR(ordered_at), 1), INTERVAL (3 * (QUARTER(ordered_at) - 1)) MONTH) AS quarter, COUNT(*) AS orders_count FROM orders GROUP BY DATE_ADD(MAKEDATE(YEAR(ordered_at), 1), INTERVAL (3 * (QUARTER(ordered_at) - 1)) MONTH);

-- clickhouse
SELECT dateTrunc('QUARTER', ordered_at) AS quarter, COUNT(*) AS orders_count FROM orders GROUP BY dateTrunc('QUARTER', ordered_at);

-- bigquery
SELECT DATE_TRUNC(CAST(ordered_at AS DATE), QUARTER) AS quarter, COUNT(*) AS orders_count FROM orders GROUP BY DATE_TRUNC(CAST(ordered_at AS DATE), QUARTER);

-- snowflake
SELECT CAST(DATE_TRUNC('QUARTER', "ordered_at") AS DATE) AS "quarter", COUNT(*) AS "orders_count" FROM "orders" GROUP BY CAST(DATE_TRUNC('QUARTER', "ordered_at") AS DATE);

-- trino
SELECT CAST(DATE_TRUNC('QUARTER', ordered_at) AS DATE) AS quarter, COUNT(*) AS orders_count FROM orders GROUP BY CAST(DATE_TRUNC('QUARTER', ordered_at) AS DATE);

-- redshift
SELECT CAST(DATE_TRUNC('QUARTER', ordered_at) AS DATE) AS quarter, COUNT(*) AS orders_count FROM orders GROUP BY CAST(DATE_TRUNC('QUARTER', ordered_at) AS DATE);
