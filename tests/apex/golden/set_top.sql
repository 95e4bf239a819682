-- title of products, but not (title of products, by price descending, top 2)

-- sqlite
SELECT title FROM products EXCEPT SELECT * FROM (SELECT title FROM products ORDER BY price DESC LIMIT 2) AS part;

-- postgres
SELECT title FROM products EXCEPT SELECT * FROM (SELECT title FROM products ORDER BY price DESC LIMIT 2) AS part;

-- duckdb
SELECT title FROM products EXCEPT SELECT * FROM (SELECT title FROM products ORDER BY price DESC LIMIT 2) AS part;

-- mysql
SELECT DISTINCT these.title FROM (SELECT title FROM products) AS these WHERE NOT EXISTS(SELECT 1 FROM (SELECT title FROM products ORDER BY price DESC LIMIT 2) AS those WHERE these.title <=> those.title);

-- clickhouse
SELECT title FROM products EXCEPT DISTINCT SELECT * FROM (SELECT title FROM products ORDER BY price DESC LIMIT 2) AS part;

-- bigquery
SELECT title FROM products EXCEPT DISTINCT SELECT * FROM (SELECT title FROM products ORDER BY price DESC LIMIT 2) AS part;

-- snowflake
SELECT "title" FROM "products" EXCEPT SELECT * FROM (SELECT "title" FROM "products" ORDER BY "price" DESC LIMIT 2) AS "part";

-- trino
SELECT title FROM products EXCEPT SELECT * FROM (SELECT title FROM products ORDER BY price DESC LIMIT 2) AS part;

-- redshift
SELECT title FROM products EXCEPT SELECT * FROM (SELECT title FROM products ORDER BY price DESC LIMIT 2) AS part;
