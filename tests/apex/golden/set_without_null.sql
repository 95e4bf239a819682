-- country of customers, but not (country of customers where country is unknown)

-- sqlite
SELECT country FROM customers EXCEPT SELECT country FROM customers WHERE country IS NULL;

-- postgres
SELECT country FROM customers EXCEPT SELECT country FROM customers WHERE country IS NULL;

-- duckdb
SELECT country FROM customers EXCEPT SELECT country FROM customers WHERE country IS NULL;

-- mysql
SELECT DISTINCT these.country FROM (SELECT country FROM customers) AS these WHERE NOT EXISTS(SELECT 1 FROM (SELECT country FROM customers WHERE country IS NULL) AS those WHERE these.country <=> those.country);

-- clickhouse
SELECT country FROM customers EXCEPT DISTINCT SELECT country FROM customers WHERE country IS NULL;

-- bigquery
SELECT country FROM customers EXCEPT DISTINCT SELECT country FROM customers WHERE country IS NULL;

-- snowflake
SELECT "country" FROM "customers" EXCEPT SELECT "country" FROM "customers" WHERE "country" IS NULL;

-- trino
SELECT country FROM customers EXCEPT SELECT country FROM customers WHERE country IS NULL;

-- redshift
SELECT country FROM customers EXCEPT SELECT country FROM customers WHERE country IS NULL;
