-- average of days from customers.joined to tickets.opened by customers.country

-- sqlite
SELECT customers.country, AVG(CAST(JULIANDAY(DATE(tickets.opened)) - JULIANDAY(DATE(customers.joined)) AS INTEGER)) AS average_days FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.country;

-- postgres
SELECT customers.country, AVG(CAST(tickets.opened AS DATE) - CAST(customers.joined AS DATE)) AS average_days FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.country;

-- duckdb
SELECT customers.country, AVG(DATE_DIFF('DAY', CAST(customers.joined AS DATE), CAST(tickets.opened AS DATE))) AS average_days FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.country;

-- mysql
SELECT customers.country, AVG(CAST(DATEDIFF(tickets.opened, customers.joined) AS DOUBLE)) AS average_days FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.country;

-- clickhouse
SELECT customers.country, AVG(DATE_DIFF(DAY, customers.joined, tickets.opened)) AS average_days FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.country;

-- bigquery
SELECT customers.country, AVG(DATE_DIFF(CAST(tickets.opened AS DATE), CAST(customers.joined AS DATE), DAY)) AS average_days FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.country;

-- snowflake
SELECT "customers"."country", AVG(CAST(DATEDIFF(DAY, "customers"."joined", "tickets"."opened") AS DOUBLE)) AS "average_days" FROM "tickets" JOIN "customers" ON "tickets"."customer_id" = "customers"."id" GROUP BY "customers"."country";

-- trino
SELECT customers.country, AVG(CAST(DATE_DIFF('DAY', CAST(customers.joined AS DATE), CAST(tickets.opened AS DATE)) AS DOUBLE)) AS average_days FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.country;

-- redshift
SELECT customers.country, AVG(CAST(DATEDIFF(DAY, customers.joined, tickets.opened) AS DOUBLE PRECISION)) AS average_days FROM tickets JOIN customers ON tickets.customer_id = customers.id GROUP BY customers.country;
