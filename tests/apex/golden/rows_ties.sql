-- order_id and line of order_items, by quantity descending, top 3 and those equal to the last

-- sqlite
SELECT order_id, line FROM (SELECT order_id, line, RANK() OVER (ORDER BY order_items.quantity DESC) AS place FROM order_items) AS ranked WHERE place <= 3 ORDER BY place;

-- postgres
SELECT order_id, line FROM (SELECT order_id, line, RANK() OVER (ORDER BY order_items.quantity DESC) AS place FROM order_items) AS ranked WHERE place <= 3 ORDER BY place;

-- duckdb
SELECT order_id, line FROM (SELECT order_id, line, RANK() OVER (ORDER BY order_items.quantity DESC) AS place FROM order_items) AS ranked WHERE place <= 3 ORDER BY place;

-- mysql
SELECT order_id, line FROM (SELECT order_id, line, RANK() OVER (ORDER BY order_items.quantity DESC) AS place FROM order_items) AS ranked WHERE place <= 3 ORDER BY place;

-- clickhouse
SELECT order_id, line FROM (SELECT order_id, line, RANK() OVER (ORDER BY order_items.quantity DESC) AS place FROM order_items) AS ranked WHERE place <= 3 ORDER BY place;

-- bigquery
SELECT order_id, line FROM (SELECT order_id, line, RANK() OVER (ORDER BY order_items.quantity DESC) AS place FROM order_items) AS ranked WHERE place <= 3 ORDER BY place;

-- snowflake
SELECT "order_id", "line" FROM (SELECT "order_id", "line", RANK() OVER (ORDER BY "order_items"."quantity" DESC) AS "place" FROM "order_items") AS "ranked" WHERE "place" <= 3 ORDER BY "place";

-- trino
SELECT order_id, line FROM (SELECT order_id, line, RANK() OVER (ORDER BY order_items.quantity DESC) AS place FROM order_items) AS ranked WHERE place <= 3 ORDER BY place;

-- redshift
SELECT order_id, line FROM (SELECT order_id, line, RANK() OVER (ORDER BY order_items.quantity DESC) AS place FROM order_items) AS ranked WHERE place <= 3 ORDER BY place;
