-- title and price of products, rounded to 1 decimal

-- sqlite
SELECT title, ROUND(price, 1) AS about FROM products;

-- postgres
SELECT title, ROUND(CAST(price AS DECIMAL), 1) AS about FROM products;

-- duckdb
SELECT title, ROUND(price, 1) AS about FROM products;

-- mysql
SELECT title, ROUND(price, 1) AS about FROM products;

-- clickhouse
SELECT title, ROUND(price, 1) AS about FROM products;

-- bigquery
SELECT title, ROUND(price, 1) AS about FROM products;

-- snowflake
SELECT "title", ROUND("price", 1) AS "about" FROM "products";

-- trino
SELECT title, ROUND(price, 1) AS about FROM products;

-- redshift
SELECT title, ROUND(price, 1) AS about FROM products;
