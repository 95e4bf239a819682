-- title and tags.label of products

-- sqlite
SELECT products.title, tags.label FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id;

-- postgres
SELECT products.title, tags.label FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id;

-- duckdb
SELECT products.title, tags.label FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id;

-- mysql
SELECT products.title, tags.label FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id;

-- clickhouse
SELECT products.title, tags.label FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id;

-- bigquery
SELECT products.title, tags.label FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id;

-- snowflake
SELECT "products"."title", "tags"."label" FROM "products" JOIN "product_tags" ON "products"."id" = "product_tags"."product_id" JOIN "tags" ON "product_tags"."tag_id" = "tags"."id";

-- trino
SELECT products.title, tags.label FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id;

-- redshift
SELECT products.title, tags.label FROM products JOIN product_tags ON products.id = product_tags.product_id JOIN tags ON product_tags.tag_id = tags.id;
