-- name of customers, or (title of products), by name, top 3

-- sqlite
SELECT name FROM customers UNION SELECT title FROM products ORDER BY name LIMIT 3;

-- postgres
SELECT name FROM customers UNION SELECT title FROM products ORDER BY name LIMIT 3;

-- duckdb
SELECT name FROM customers UNION SELECT title FROM products ORDER BY name LIMIT 3;

-- mysql
SELECT name FROM customers UNION SELECT title FROM products ORDER BY name LIMIT 3;

-- clickhouse
SELECT * FROM (SELECT name FROM customers UNION DISTINCT SELECT title FROM products) AS _l_0 ORDER BY name LIMIT 3;

-- bigquery
SELECT name FROM customers UNION DISTINCT SELECT title FROM products ORDER BY name LIMIT 3;

-- snowflake
SELECT "name" FROM "customers" UNION SELECT "title" FROM "products" ORDER BY "name" LIMIT 3;

-- trino
SELECT name FROM customers UNION SELECT title FROM products ORDER BY name LIMIT 3;

-- redshift
SELECT name FROM customers UNION SELECT title FROM products ORDER BY name LIMIT 3;
