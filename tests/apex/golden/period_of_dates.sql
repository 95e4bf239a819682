-- number of tickets, 2025-02-01 to before 2025-03-01

-- sqlite
SELECT COUNT(*) AS tickets_count FROM tickets WHERE opened >= '2025-02-01' AND opened < '2025-03-01';

-- postgres
SELECT COUNT(*) AS tickets_count FROM tickets WHERE opened >= '2025-02-01' AND opened < '2025-03-01';

-- duckdb
SELECT COUNT(*) AS tickets_count FROM tickets WHERE opened >= '2025-02-01' AND opened < '2025-03-01';

-- mysql
SELECT COUNT(*) AS tickets_count FROM tickets WHERE opened >= '2025-02-01' AND opened < '2025-03-01';

-- clickhouse
SELECT COUNT(*) AS tickets_count FROM tickets WHERE opened >= '2025-02-01' AND opened < '2025-03-01';

-- bigquery
SELECT COUNT(*) AS tickets_count FROM tickets WHERE opened >= '2025-02-01' AND opened < '2025-03-01';

-- snowflake
SELECT COUNT(*) AS "tickets_count" FROM "tickets" WHERE "opened" >= '2025-02-01' AND "opened" < '2025-03-01';

-- trino
SELECT COUNT(*) AS tickets_count FROM tickets WHERE opened >= CAST('2025-02-01' AS DATE) AND opened < CAST('2025-03-01' AS DATE);

-- redshift
SELECT COUNT(*) AS tickets_count FROM tickets WHERE opened >= '2025-02-01' AND opened < '2025-03-01';
