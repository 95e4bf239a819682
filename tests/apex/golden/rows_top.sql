-- title of products, by price descending, top 2

-- sqlite
SELECT title FROM products ORDER BY price DESC LIMIT 2;

-- postgres
SELECT title FROM products ORDER BY price DESC LIMIT 2;

-- duckdb
SELECT title FROM products ORDER BY price DESC LIMIT 2;

-- mysql
SELECT title FROM products ORDER BY price DESC LIMIT 2;

-- clickhouse
SELECT title FROM products ORDER BY price DESC LIMIT 2;

-- bigquery
SELECT title FROM products ORDER BY price DESC LIMIT 2;

-- snowflake
SELECT "title" FROM "products" ORDER BY "price" DESC LIMIT 2;

-- trino
SELECT title FROM products ORDER BY price DESC LIMIT 2;

-- redshift
SELECT title FROM products ORDER BY price DESC LIMIT 2;
