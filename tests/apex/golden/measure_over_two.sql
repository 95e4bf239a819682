-- sum of order_items.quantity * products.price by products.category

-- sqlite
SELECT products.category, SUM(order_items.quantity * products.price) AS total_product FROM order_items JOIN products ON order_items.product_id = products.id GROUP BY products.category;

-- postgres
SELECT products.category, SUM(order_items.quantity * products.price) AS total_product FROM order_items JOIN products ON order_items.product_id = products.id GROUP BY products.category;

-- duckdb
SELECT products.category, SUM(order_items.quantity * products.price) AS total_product FROM order_items JOIN products ON order_items.product_id = products.id GROUP BY products.category;

-- mysql
SELECT products.category, SUM(order_items.quantity * products.price) AS total_product FROM order_items JOIN products ON order_items.product_id = products.id GROUP BY products.category;

-- clickhouse
SELECT products.category, SUM(order_items.quantity * products.price) AS total_product FROM order_items JOIN products ON order_items.product_id = products.id GROUP BY products.category;

-- bigquery
SELECT products.category, SUM(order_items.quantity * products.price) AS total_product FROM order_items JOIN products ON order_items.product_id = products.id GROUP BY products.category;

-- snowflake
SELECT "products"."category", SUM("order_items"."quantity" * "products"."price") AS "total_product" FROM "order_items" JOIN "products" ON "order_items"."product_id" = "products"."id" GROUP BY "products"."category";

-- trino
SELECT products.category, SUM(order_items.quantity * products.price) AS total_product FROM order_items JOIN products ON order_items.product_id = products.id GROUP BY products.category;

-- redshift
SELECT products.category, SUM(order_items.quantity * products.price) AS total_product FROM order_items JOIN products ON order_items.product_id = products.id GROUP BY products.category;
