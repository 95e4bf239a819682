-- orders.id and quantity of order_items where orders.id > 4

-- sqlite
SELECT order_id AS id, quantity FROM order_items WHERE order_id > 4;

-- postgres
SELECT order_id AS id, quantity FROM order_items WHERE order_id > 4;

-- duckdb
SELECT order_id AS id, quantity FROM order_items WHERE order_id > 4;

-- mysql
SELECT order_id AS id, quantity FROM order_items WHERE order_id > 4;

-- clickhouse
SELECT order_id AS id, quantity FROM order_items WHERE order_id > 4;

-- bigquery
SELECT order_id AS id, quantity FROM order_items WHERE order_id > 4;

-- snowflake
SELECT "order_id" AS "id", "quantity" FROM "order_items" WHERE "order_id" > 4;

-- trino
SELECT order_id AS id, quantity FROM order_items WHERE order_id > 4;

-- redshift
SELECT order_id AS id, quantity FROM order_items WHERE order_id > 4;
