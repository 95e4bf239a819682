-- name of customers where not (id among (referred_by of customers))

-- sqlite
SELECT name FROM customers WHERE NOT id IN (SELECT among.referred_by FROM (SELECT referred_by FROM customers) AS among WHERE NOT among.referred_by IS NULL);

-- postgres
SELECT name FROM customers WHERE NOT id IN (SELECT among.referred_by FROM (SELECT referred_by FROM customers) AS among WHERE NOT among.referred_by IS NULL);

-- duckdb
SELECT name FROM customers WHERE NOT id IN (SELECT among.referred_by FROM (SELECT referred_by FROM customers) AS among WHERE NOT among.referred_by IS NULL);

-- mysql
SELECT name FROM customers WHERE NOT id IN (SELECT among.referred_by FROM (SELECT referred_by FROM customers) AS among WHERE NOT among.referred_by IS NULL);

-- clickhouse
SELECT name FROM customers WHERE NOT (id IN (SELECT among.referred_by FROM (SELECT referred_by FROM customers) AS among WHERE NOT (among.referred_by IS NULL)));

-- bigquery
SELECT name FROM customers WHERE NOT id IN (SELECT among.referred_by FROM (SELECT referred_by FROM customers) AS among WHERE NOT among.referred_by IS NULL);

-- snowflake
SELECT "name" FROM "customers" WHERE NOT "id" IN (SELECT "among"."referred_by" FROM (SELECT "referred_by" FROM "customers") AS "among" WHERE NOT "among"."referred_by" IS NULL);

-- trino
SELECT name FROM customers WHERE NOT id IN (SELECT among.referred_by FROM (SELECT referred_by FROM customers) AS among WHERE NOT among.referred_by IS NULL);

-- redshift
SELECT name FROM customers WHERE NOT id IN (SELECT among.referred_by FROM (SELECT referred_by FROM customers) AS among WHERE NOT among.referred_by IS NULL);
