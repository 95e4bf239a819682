SELECT pg_read_file('/etc/passwd')
SELECT * FROM pg_read_binary_file('/etc/passwd')
SELECT * FROM ROWS FROM (pg_ls_dir('/'), generate_series(1, 2)) AS x(a, b)
SELECT l FROM clients, LATERAL pg_ls_dir('.') l
SELECT (VALUES (pg_read_file('x')))
SELECT 1 ORDER BY pg_sleep(1)
SELECT 1 LIMIT pg_sleep(1)::text::int
SELECT "pg_sleep"(1)
SELECT pg_catalog."pg_sleep"(1)
SELECT pg_catalog . pg_sleep (1)
SELECT pg_sleep /* x */ (1)
SELECT ('/etc/passwd'::text).pg_read_file
SELECT x.pg_sleep FROM generate_series(1, 10) x
SELECT (x.y).pg_sleep FROM (SELECT 10 AS y) x
SELECT s.pg_sleep FROM (SELECT 10) s(n)
SELECT c.row_to_xml FROM clients c
SELECT U&"\0070g_sleep"(1)
SELECT 'clients'::regclass
SELECT cast('pg_sleep' AS regproc)
SELECT 'x'::regrole
SELECT 'clients'::regclass::oid
SELECT relname FROM pg_class
SELECT * FROM pg_catalog.pg_tables
SELECT * FROM pg_stats
SELECT * FROM pg_stat_activity
SELECT * FROM pg_settings
SELECT * FROM pg_roles, clients
SELECT current_setting('data_directory')
SELECT set_config('role', 'postgres', true)
SELECT current_database(), current_schema(), inet_client_addr()
SELECT current_catalog
SELECT user
SELECT nextval('s')
SELECT lo_get(1), lo_from_bytea(0, 'x')
SELECT dblink_connect('host=evil')
SELECT * FROM dblink('host=evil', 'select 1') AS t(a int)
SELECT query_to_xml('select * from pg_authid', true, true, '')
SELECT table_to_xml('clients', true, true, '')
SELECT cursor_to_xml('c', 1, true, true, '')
SELECT * FROM crosstab('select 1, 2, 3') AS t(a int, b int)
SELECT ts_rewrite('a'::tsquery, 'SELECT 1')
SELECT has_table_privilege('clients', 'select')
SELECT pg_advisory_lock(1)
SELECT pg_try_advisory_xact_lock(1)
SELECT pg_notify('a', 'b')
SELECT pg_cancel_backend(1)
SELECT pg_reload_conf()
SELECT pg_switch_wal()
SELECT txid_current()
SELECT pg_relation_size('clients')
SELECT obj_description(1), col_description(1, 1)
SELECT pg_get_viewdef('big_sales'::text)
SELECT to_regclass('clients')
SELECT enum_range(NULL::mood)
SELECT lower(name) FROM clients WHERE 1 OPERATOR(pg_catalog.=) 1
SELECT 1 INTO TEMP x
SELECT * INTO x FROM clients
SELECT * FROM clients FOR SHARE
SELECT * FROM clients FOR KEY SHARE SKIP LOCKED
WITH d AS (DELETE FROM clients RETURNING *) SELECT * FROM d
WITH u AS (UPDATE clients SET name = 'x' RETURNING *) SELECT count(*) FROM u
COPY clients TO '/tmp/x'
COPY (SELECT 1) TO PROGRAM 'id'
DO $$ BEGIN END $$
EXECUTE x
PREPARE x AS SELECT 1
DECLARE c CURSOR FOR SELECT 1
FETCH ALL FROM c
MOVE c
LISTEN x
UNLISTEN *
LOCK TABLE clients
VACUUM clients
ANALYZE clients
REINDEX TABLE clients
CLUSTER clients
CHECKPOINT
DISCARD ALL
RESET ALL
SHOW data_directory
SHOW ALL
SET ROLE x
SECURITY LABEL ON TABLE clients IS 'x'
REASSIGN OWNED BY a TO b
IMPORT FOREIGN SCHEMA x FROM SERVER y INTO z
REFRESH MATERIALIZED VIEW x
EXPLAIN ANALYZE SELECT * FROM clients
EXPLAIN (ANALYZE) SELECT * FROM clients
EXPLAIN (VERBOSE, ANALYZE TRUE) SELECT 1
EXPLAIN (FORMAT JSON, BUFFERS, ANALYZE 1) SELECT * FROM clients
SELECT ctid, xmin FROM clients
SELECT tableoid FROM clients
SELECT generate_series(1, 100000000000)
SELECT repeat('x', 1000000000)
SELECT $1
SELECT * FROM pg_temp.clients
SELECT * FROM "Clients"
SELECT setseed(0.5)
SELECT pg_stat_reset()
SELECT xmlparse(document '<a/>')
SELECT xpath('/a', '<a/>')
SELECT * FROM json_populate_record(NULL::pg_authid, '{}')
SELECT pg_current_wal_lsn()
