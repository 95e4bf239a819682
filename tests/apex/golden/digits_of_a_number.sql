-- id of orders where customer_id contains '1'

-- sqlite
SELECT id FROM orders WHERE INSTR(CAST(customer_id AS TEXT), '1') > 0;

-- postgres
SELECT id FROM orders WHERE CAST(customer_id AS TEXT) LIKE '%1%';

-- duckdb
SELECT id FROM orders WHERE CAST(customer_id AS TEXT) LIKE '%1%';

-- mysql
SELECT id FROM orders WHERE CAST(customer_id AS CHAR) LIKE '%1%';

-- clickhouse
SELECT id FROM orders WHERE CAST(customer_id AS Nullable(String)) LIKE '%1%';

-- bigquery
SELECT id FROM orders WHERE CAST(customer_id AS STRING) LIKE '%1%';

-- snowflake
SELECT "id" FROM "orders" WHERE CAST("customer_id" AS VARCHAR) LIKE '%1%';

-- trino
SELECT id FROM orders WHERE CAST(customer_id AS VARCHAR) LIKE '%1%';

-- redshift
SELECT id FROM orders WHERE CAST(customer_id AS VARCHAR(MAX)) LIKE '%1%';
