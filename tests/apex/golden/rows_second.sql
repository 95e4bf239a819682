-- title of products, by price descending, number 2

-- sqlite
SELECT title FROM products ORDER BY price DESC LIMIT 1 OFFSET 1;

-- postgres
SELECT title FROM products ORDER BY price DESC LIMIT 1 OFFSET 1;

-- duckdb
SELECT title FROM products ORDER BY price DESC LIMIT 1 OFFSET 1;

-- mysql
SELECT title FROM products ORDER BY price DESC LIMIT 1 OFFSET 1;

-- clickhouse
SELECT title FROM products ORDER BY price DESC LIMIT 1 OFFSET 1;

-- bigquery
SELECT title FROM products ORDER BY price DESC LIMIT 1 OFFSET 1;

-- snowflake
SELECT "title" FROM "products" ORDER BY "price" DESC LIMIT 1 OFFSET 1;

-- trino
SELECT title FROM products ORDER BY price DESC OFFSET 1 LIMIT 1;

-- redshift
SELECT title FROM products ORDER BY price DESC LIMIT 1 OFFSET 1;
