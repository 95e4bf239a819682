SELECT * FROM system.runtime.queries
SELECT * FROM "clients$files"
SELECT * FROM "clients$snapshots"
SELECT * FROM "clients$partitions"
SELECT "$path" FROM clients
SELECT * FROM TABLE(pg.system.query(query => 'SELECT 1'))
SELECT * FROM TABLE(system.builtin.exclude_columns(input => TABLE(hidden), columns => DESCRIPTOR(a)))
SELECT * FROM clients FOR VERSION AS OF 1
SELECT * FROM clients FOR TIMESTAMP AS OF TIMESTAMP '2024-01-01 00:00:00'
SELECT fail('x')
SELECT current_user, current_role
SELECT current_catalog
SELECT current_schema
SELECT current_groups()
SELECT * FROM hive.other.clients
CALL system.sync_partition_metadata('a', 'b', 'FULL')
PREPARE p FROM SELECT 1
EXECUTE p
EXECUTE IMMEDIATE 'DROP TABLE x'
SET SESSION a = 1
RESET SESSION a
SET ROLE admin
USE hive.x
SHOW CATALOGS
SHOW STATS FOR clients
SHOW CREATE TABLE clients
SHOW SESSION
SHOW FUNCTIONS
DEALLOCATE PREPARE p
EXPLAIN ANALYZE SELECT 1
ALTER TABLE clients EXECUTE optimize
COMMENT ON TABLE clients IS 'x'
UNLOAD (SELECT 1) TO 's3://x'
MSCK REPAIR TABLE clients
START TRANSACTION
WITH FUNCTION f(x bigint) RETURNS bigint RETURN x SELECT f(1)
SELECT sequence(1, 100000000000)
REFRESH MATERIALIZED VIEW x
ANALYZE clients
DENY SELECT ON clients TO x
SELECT evil.f(1)
