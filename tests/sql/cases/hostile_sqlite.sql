SELECT load_extension('evil.so')
SELECT readfile('/etc/passwd')
SELECT writefile('/tmp/x', 'y')
SELECT fts3_tokenizer('x')
SELECT * FROM sqlite_master
SELECT * FROM sqlite_schema
SELECT sql FROM main.sqlite_master
SELECT * FROM sqlite_temp_master
SELECT * FROM sqlite_sequence
SELECT * FROM sqlite_stat1
SELECT * FROM pragma_table_info('clients')
SELECT * FROM pragma_database_list
SELECT * FROM pragma_function_list()
SELECT * FROM dbstat
SELECT * FROM fsdir('/')
SELECT * FROM zipfile('x.zip')
SELECT sqlite_version()
SELECT sqlite_compileoption_get(1)
SELECT last_insert_rowid()
SELECT changes(), total_changes()
SELECT sqlite_source_id()
SELECT edit('x', 'vi')
SELECT zeroblob(2000000000)
SELECT randomblob(1000000000)
SELECT printf('%.*c', 100, 'x'), eval('DELETE FROM clients')
PRAGMA table_info(clients)
PRAGMA writable_schema = 1
ATTACH 'x.db' AS y
DETACH y
VACUUM
VACUUM INTO '/tmp/x'
REINDEX
ANALYZE
REPLACE INTO clients VALUES (1)
INSERT OR REPLACE INTO clients VALUES (1)
SAVEPOINT a
RELEASE a
CREATE TRIGGER t AFTER INSERT ON clients BEGIN DELETE FROM sales; END
CREATE VIRTUAL TABLE f USING fts5(x)
CREATE TEMP TABLE clients AS SELECT 1
END TRANSACTION
SELECT * FROM temp.clients
SELECT * FROM aux.clients
SELECT missing FROM clients
SELECT "missing" FROM clients
SELECT * FROM generate_series(1, 99999999999)
EXPLAIN PRAGMA table_info(clients)
EXPLAIN DELETE FROM clients
EXPLAIN QUERY PLAN DELETE FROM clients
WITH x AS (SELECT 1) INSERT INTO clients SELECT * FROM x
SELECT tokenize('x'), offsets('x'), matchinfo('x')
SELECT 1 WHERE RAISE(ABORT, 'x')
