-- status of orders with average of orders.total > 100

-- sqlite
SELECT status FROM orders GROUP BY status HAVING AVG(total) > 100;

-- postgres
SELECT status FROM orders GROUP BY status HAVING AVG(total) > 100;

-- duckdb
SELECT status FROM orders GROUP BY status HAVING AVG(total) > 100;

-- mysql
SELECT status FROM orders GROUP BY status HAVING AVG(CAST(total AS DOUBLE)) > 100;

-- clickhouse
SELECT status FROM orders GROUP BY status HAVING AVG(total) > 100;

-- bigquery
SELECT status FROM orders GROUP BY status HAVING AVG(total) > 100;

-- snowflake
SELECT "status" FROM "orders" GROUP BY "status" HAVING AVG(CAST("total" AS DOUBLE)) > 100;

-- trino
SELECT status FROM orders GROUP BY status HAVING AVG(CAST(total AS DOUBLE)) > 100;

-- redshift
SELECT status FROM orders GROUP BY status HAVING AVG(CAST(total AS DOUBLE PRECISION)) > 100;
