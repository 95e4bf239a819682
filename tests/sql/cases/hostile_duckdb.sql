SELECT * FROM read_csv('/etc/passwd')
SELECT * FROM read_csv_auto(['a.csv', 'b.csv'])
FROM 'data.parquet'
FROM read_json_objects('x.json')
SELECT * FROM 's3://bucket/x.parquet'
SELECT * FROM "https://evil.example/x.csv"
SELECT * FROM glob('*')
SELECT * FROM read_text('/etc/hostname'), clients
SELECT content FROM read_blob('/etc/hostname')
SELECT (FROM read_text('x'))
SELECT * FROM clients WHERE id IN (FROM 'x.csv')
PIVOT 'x.csv' ON a USING count(*)
UNPIVOT 'x.csv' ON a INTO NAME n VALUE v
SUMMARIZE 'x.csv'
SUMMARIZE SELECT * FROM read_csv('x.csv')
DESCRIBE 'x.csv'
DESCRIBE SELECT * FROM 'x.csv'
SELECT * FROM duckdb_settings()
SELECT * FROM duckdb_secrets()
SELECT * FROM duckdb_tables
SELECT * FROM duckdb_extensions()
SELECT * FROM pragma_version()
SELECT * FROM pragma_table_info('clients')
SELECT current_setting('access_mode')
SELECT getenv('HOME')
SELECT getvariable('x')
SELECT nextval('s'), currval('s')
SELECT query('SELECT 1')
SELECT * FROM query('SELECT 1')
SELECT * FROM query_table('clients')
SELECT json_serialize_sql('SELECT 1')
SELECT * FROM json_execute_serialized_sql('{}')
SELECT stats(email) FROM clients
SELECT * FROM postgres_scan('host=evil', 'public', 't')
SELECT * FROM sqlite_scan('x.db', 't')
SELECT * FROM mysql_query('x', 'select 1')
SELECT * FROM parquet_metadata('x')
SELECT * FROM sniff_csv('x')
SELECT * FROM iceberg_scan('x')
SELECT * FROM delta_scan('x')
SELECT * FROM st_read('x')
SELECT * FROM read_xlsx('x.xlsx')
SELECT error(name) FROM clients
SELECT write_log('x')
SELECT sleep_ms(1000)
SELECT current_query()
SELECT txid_current()
SELECT * FROM sqlite_master
SELECT * FROM pg_catalog.pg_tables
SELECT * FROM temp.clients
ATTACH 'x.db'
COPY clients TO 'x.csv'
COPY clients FROM 'x.csv'
EXPORT DATABASE 'x'
IMPORT DATABASE 'x'
INSTALL httpfs
LOAD httpfs
PRAGMA database_list
PRAGMA enable_profiling
SET threads = 1
RESET threads
SET VARIABLE x = 1
CALL pragma_version()
USE memory
CREATE MACRO f(x) AS x
CREATE SECRET (TYPE S3)
CHECKPOINT
FORCE CHECKPOINT
VACUUM
PREPARE x AS SELECT 1
EXECUTE x
DEALLOCATE x
EXPLAIN ANALYZE SELECT 1
EXPLAIN ANALYZE FROM clients
SELECT range(10000000000)
SELECT repeat('x', 1000000000)
SELECT * FROM range(99999999999)
SHOW ALL TABLES
SHOW DATABASES
SHOW memory_limit
FROM clients; DROP TABLE clients
MERGE INTO clients USING sales ON true WHEN MATCHED THEN DELETE
