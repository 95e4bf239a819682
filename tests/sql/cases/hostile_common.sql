INSERT INTO clients (id, name) VALUES (1, 'x')
UPDATE clients SET name = 'x'
DELETE FROM sales WHERE id = 1
DROP TABLE clients
DROP VIEW big_sales
ALTER TABLE clients ADD COLUMN x int
CREATE TABLE copied AS SELECT * FROM clients
CREATE VIEW v AS SELECT * FROM clients
TRUNCATE TABLE sales
MERGE INTO clients c USING sales s ON c.id = s.client_id WHEN MATCHED THEN UPDATE SET name = 'x'
GRANT SELECT ON clients TO public
REVOKE ALL ON clients FROM public
CREATE INDEX i ON clients (name)
BEGIN
COMMIT
ROLLBACK
SELECT 1; DROP TABLE clients
SELECT 1; SELECT 2
/* harmless */ DELETE FROM sales
SELECT * FROM not_a_table
SELECT not_a_column FROM clients
SELECT c.password FROM clients c
SELECT x.name FROM clients c
SELECT * FROM information_schema.tables
SELECT * FROM information_schema.columns WHERE table_name = 'clients'
SELECT name FROM clients UNION SELECT table_name FROM information_schema.tables
SELECT (SELECT count(*) FROM information_schema.tables)
SELECT * FROM clients WHERE id = (SELECT 1 FROM secret_table)
WITH x AS (SELECT * FROM hidden) SELECT 1
WITH hidden AS (SELECT * FROM hidden) SELECT * FROM hidden
SELECT * FROM clients JOIN LATERAL (SELECT * FROM hidden) h ON true
SELECT * FROM (WITH secrets AS (SELECT 1 AS a) SELECT a FROM secrets) x, secrets
SELECT sleep(10)
SELECT pg_sleep(10)
SELECT current_user
SELECT session_user
SELECT evil_function(name) FROM clients
SELECT * FROM evil_function(1)
SELECT evil.lower(name) FROM clients
SET x = 1
CALL something()
EXPLAIN ANALYZE DELETE FROM clients
EXPLAIN DELETE FROM clients
SELECT ?
SELECT * FROM clients WHERE id = :id
SELECT * FROM clients WHERE 'unclosed
SELECT * FROM clients /* unclosed
SELECT * FROM
garbage
;
SELECT load_extension('x')
SELECT * FROM clients FOR UPDATE
SELECT count(*) FROM clients WHERE sleep(5) = 0
SELECT * FROM other_database.other_schema.clients
SELECT version()
SELECT database()
SELECT * FROM "C:\secrets.csv"
