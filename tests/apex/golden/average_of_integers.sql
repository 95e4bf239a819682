-- average of tickets.minutes and average of tickets.customer_id

-- sqlite
SELECT AVG(minutes) AS average_minutes, AVG(customer_id) AS average_customer_id FROM tickets;

-- postgres
SELECT AVG(minutes) AS average_minutes, AVG(customer_id) AS average_customer_id FROM tickets;

-- duckdb
SELECT AVG(minutes) AS average_minutes, AVG(customer_id) AS average_customer_id FROM tickets;

-- mysql
SELECT AVG(CAST(minutes AS DOUBLE)) AS average_minutes, AVG(CAST(customer_id AS DOUBLE)) AS average_customer_id FROM tickets;

-- clickhouse
SELECT AVG(minutes) AS average_minutes, AVG(customer_id) AS average_customer_id FROM tickets;

-- bigquery
SELECT AVG(minutes) AS average_minutes, AVG(customer_id) AS average_customer_id FROM tickets;

-- snowflake
SELECT AVG(CAST("minutes" AS DOUBLE)) AS "average_minutes", AVG(CAST("customer_id" AS DOUBLE)) AS "average_customer_id" FROM "tickets";

-- trino
SELECT AVG(CAST(minutes AS DOUBLE)) AS average_minutes, AVG(CAST(customer_id AS DOUBLE)) AS average_customer_id FROM tickets;

-- redshift
SELECT AVG(CAST(minutes AS DOUBLE PRECISION)) AS average_minutes, AVG(CAST(customer_id AS DOUBLE PRECISION)) AS average_customer_id FROM tickets;
