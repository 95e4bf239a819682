-- number of products by label (also where there are none), by label

-- sqlite
SELECT label, COALESCE(MAX(products_count_part), 0) AS products_count FROM (SELECT tags.label, COUNT(DISTINCT products.id) AS products_count_part FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label UNION ALL SELECT DISTINCT label, NULL AS products_count_part FROM tags) AS facts GROUP BY label ORDER BY label;

-- postgres
SELECT label, COALESCE(MAX(products_count_part), 0) AS products_count FROM (SELECT tags.label, COUNT(DISTINCT products.id) AS products_count_part FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label UNION ALL SELECT DISTINCT label, CAST(NULL AS BIGINT) AS products_count_part FROM tags) AS facts GROUP BY label ORDER BY label;

-- duckdb
SELECT label, COALESCE(MAX(products_count_part), 0) AS products_count FROM (SELECT tags.label, COUNT(DISTINCT products.id) AS products_count_part FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label UNION ALL SELECT DISTINCT label, NULL AS products_count_part FROM tags) AS facts GROUP BY label ORDER BY label;

-- mysql
SELECT label, COALESCE(MAX(products_count_part), 0) AS products_count FROM (SELECT tags.label, COUNT(DISTINCT products.id) AS products_count_part FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label UNION ALL SELECT DISTINCT label, NULL AS products_count_part FROM tags) AS facts GROUP BY label ORDER BY label;

-- clickhouse
SELECT label, COALESCE(MAX(products_count_part), 0) AS products_count FROM (SELECT tags.label, COUNT(DISTINCT products.id) AS products_count_part FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label UNION ALL SELECT DISTINCT label, NULL AS products_count_part FROM tags) AS facts GROUP BY label ORDER BY label;

-- bigquery
SELECT label, COALESCE(MAX(products_count_part), 0) AS products_count FROM (SELECT tags.label, COUNT(DISTINCT products.id) AS products_count_part FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label UNION ALL SELECT DISTINCT label, NULL AS products_count_part FROM tags) AS facts GROUP BY label ORDER BY label;

-- snowflake
SELECT "label", COALESCE(MAX("products_count_part"), 0) AS "products_count" FROM (SELECT "tags"."label", COUNT(DISTINCT "products"."id") AS "products_count_part" FROM "products" JOIN "product_tags" ON "products"."id" = "product_tags"."product_id" JOIN "tags" ON "product_tags"."tag_id" = "tags"."id" GROUP BY "tags"."label" UNION ALL SELECT DISTINCT "label", NULL AS "products_count_part" FROM "tags") AS "facts" GROUP BY "label" ORDER BY "label";

-- trino
SELECT label, COALESCE(MAX(products_count_part), 0) AS products_count FROM (SELECT tags.label, COUNT(DISTINCT products.id) AS products_count_part FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label UNION ALL SELECT DISTINCT label, NULL AS products_count_part FROM tags) AS facts GROUP BY label ORDER BY label;

-- redshift
SELECT label, COALESCE(MAX(products_count_part), 0) AS products_count FROM (SELECT tags.label, COUNT(DISTINCT products.id) AS products_count_part FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id GROUP BY tags.label UNION ALL SELECT DISTINCT label, CAST(NULL AS BIGINT) AS products_count_part FROM tags) AS facts GROUP BY label ORDER BY label;
