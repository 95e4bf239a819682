-- title, price * 2 and id / 2 of products, by id

-- sqlite
SELECT title, price * 2 AS product, CAST(id AS REAL) / 2 AS ratio FROM products ORDER BY id;

-- postgres
SELECT title, price * 2 AS product, CAST(id AS DOUBLE PRECISION) / 2 AS ratio FROM products ORDER BY id;

-- duckdb
SELECT title, price * 2 AS product, CAST(id AS DOUBLE) / 2 AS ratio FROM products ORDER BY id;

-- mysql
SELECT title, price * 2 AS product, CAST(id AS DOUBLE) / 2 AS ratio FROM products ORDER BY id;

-- clickhouse
SELECT title, price * 2 AS product, CAST(id AS Nullable(Float64)) / 2 AS ratio FROM products ORDER BY id;

-- bigquery
SELECT title, price * 2 AS product, CAST(id AS FLOAT64) / 2 AS ratio FROM products ORDER BY id;

-- snowflake
SELECT "title", "price" * 2 AS "product", CAST("id" AS DOUBLE) / 2 AS "ratio" FROM "products" ORDER BY "id";

-- trino
SELECT title, price * 2 AS product, CAST(id AS DOUBLE) / 2 AS ratio FROM products ORDER BY id;

-- redshift
SELECT title, price * 2 AS product, CAST(id AS DOUBLE PRECISION) / 2 AS ratio FROM products ORDER BY id;
