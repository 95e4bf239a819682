-- number of products by tags.label, by tags.label

-- sqlite
SELECT tags.label, COUNT(DISTINCT products.id) AS products_count FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label ORDER BY tags.label;

-- postgres
SELECT tags.label, COUNT(DISTINCT products.id) AS products_count FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label ORDER BY tags.label;

-- duckdb
SELECT tags.label, COUNT(DISTINCT products.id) AS products_count FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label ORDER BY tags.label;

-- mysql
SELECT tags.label, COUNT(DISTINCT products.id) AS products_count FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label ORDER BY tags.label;

-- clickhouse
SELECT tags.label, COUNT(DISTINCT products.id) AS products_count FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label ORDER BY tags.label;

-- bigquery
SELECT tags.label, COUNT(DISTINCT products.id) AS products_count FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label ORDER BY tags.label;

-- snowflake
SELECT "tags"."label", COUNT(DISTINCT "products"."id") AS "products_count" FROM "products" JOIN "product_tags" ON "products"."id" = "product_tags"."product_id" JOIN "tags" ON "product_tags"."tag_id" = "tags"."id" GROUP BY "tags"."label" ORDER BY "tags"."label";

-- trino
SELECT tags.label, COUNT(DISTINCT products.id) AS products_count FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label ORDER BY tags.label;

-- redshift
SELECT tags.label, COUNT(DISTINCT products.id) AS products_count FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label ORDER BY tags.label;
