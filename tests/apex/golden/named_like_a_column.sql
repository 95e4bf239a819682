-- sum of orders.total by status where total > 1 with total > 80, highest first

-- sqlite
SELECT status, SUM(total) AS total FROM orders WHERE total > 1 GROUP BY status HAVING SUM(total) > 80 ORDER BY total DESC;

-- postgres
SELECT status, SUM(total) AS total FROM orders WHERE total > 1 GROUP BY status HAVING SUM(total) > 80 ORDER BY total DESC NULLS LAST;

-- duckdb
SELECT status, SUM(total) AS total FROM orders WHERE total > 1 GROUP BY status HAVING SUM(total) > 80 ORDER BY total DESC;

-- mysql
SELECT status, SUM(total) AS total FROM orders WHERE total > 1 GROUP BY status HAVING SUM(total) > 80 ORDER BY total DESC;

-- clickhouse
SELECT status, SUM(total) AS total_2 FROM orders WHERE total > 1 GROUP BY status HAVING SUM(total) > 80 ORDER BY total_2 DESC;

-- bigquery
SELECT status, SUM(total) AS total FROM orders WHERE total > 1 GROUP BY status HAVING SUM(total) > 80 ORDER BY total DESC;

-- snowflake
SELECT "status", SUM("total") AS "total" FROM "orders" WHERE "total" > 1 GROUP BY "status" HAVING SUM("total") > 80 ORDER BY "total" DESC NULLS LAST;

-- trino
SELECT status, SUM(total) AS total FROM orders WHERE total > 1 GROUP BY status HAVING SUM(total) > 80 ORDER BY total DESC;

-- redshift
SELECT status, SUM(total) AS total FROM orders WHERE total > 1 GROUP BY status HAVING SUM(total) > 80 ORDER BY total DESC NULLS LAST;
