-- country of customers where id < 3, and also (country of customers where id > 1)

-- sqlite
SELECT country FROM customers WHERE id < 3 INTERSECT SELECT country FROM customers WHERE id > 1;

-- postgres
SELECT country FROM customers WHERE id < 3 INTERSECT SELECT country FROM customers WHERE id > 1;

-- duckdb
SELECT country FROM customers WHERE id < 3 INTERSECT SELECT country FROM customers WHERE id > 1;

-- mysql
SELECT DISTINCT these.country FROM (SELECT country FROM customers WHERE id < 3) AS these WHERE EXISTS(SELECT 1 FROM (SELECT country FROM customers WHERE id > 1) AS those WHERE these.country <=> those.country);

-- clickhouse
SELECT country FROM customers WHERE id < 3 INTERSECT DISTINCT SELECT country FROM customers WHERE id > 1;

-- bigquery
SELECT country FROM customers WHERE id < 3 INTERSECT DISTINCT SELECT country FROM customers WHERE id > 1;

-- snowflake
SELECT "country" FROM "customers" WHERE "id" < 3 INTERSECT SELECT "country" FROM "customers" WHERE "id" > 1;

-- trino
SELECT country FROM customers WHERE id < 3 INTERSECT SELECT country FROM customers WHERE id > 1;

-- redshift
SELECT country FROM customers WHERE id < 3 INTERSECT SELECT country FROM customers WHERE id > 1;
