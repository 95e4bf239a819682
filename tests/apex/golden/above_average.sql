-- id of orders where total > (average of orders.total)

-- sqlite
SELECT id FROM orders WHERE total > (SELECT AVG(total) AS average_total FROM orders);

-- postgres
SELECT id FROM orders WHERE total > (SELECT AVG(total) AS average_total FROM orders);

-- duckdb
SELECT id FROM orders WHERE total > (SELECT AVG(total) AS average_total FROM orders);

-- mysql
SELECT id FROM orders WHERE total > (SELECT AVG(CAST(total AS DOUBLE)) AS average_total FROM orders);

-- clickhouse
SELECT id FROM orders WHERE total > (SELECT AVG(total) AS average_total FROM orders);

-- bigquery
SELECT id FROM orders WHERE total > (SELECT AVG(total) AS average_total FROM orders);

-- snowflake
SELECT "id" FROM "orders" WHERE "total" > (SELECT AVG(CAST("total" AS DOUBLE)) AS "average_total" FROM "orders");

-- trino
SELECT id FROM orders WHERE total > (SELECT AVG(CAST(total AS DOUBLE)) AS average_total FROM orders);

-- redshift
SELECT id FROM orders WHERE total > (SELECT AVG(CAST(total AS DOUBLE PRECISION)) AS average_total FROM orders);
