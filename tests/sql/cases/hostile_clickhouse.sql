SELECT * FROM file('x.csv')
SELECT file('/etc/passwd')
SELECT * FROM url('http://evil')
SELECT * FROM s3('x')
SELECT * FROM remote('evil', default.t)
SELECT * FROM cluster('c', default.t)
SELECT * FROM mysql('h', 'd', 't', 'u', 'p')
SELECT * FROM postgresql('h', 'd', 't', 'u', 'p')
SELECT * FROM merge('default', '.*')
SELECT * FROM merge('.*')
SELECT * FROM executable('x.sh', 'TSV', 'a String')
SELECT * FROM jdbc('x', 'y')
SELECT * FROM odbc('x', 'y', 'z')
SELECT * FROM input('a String')
SELECT * FROM dictionary('d')
SELECT dictGet('d', 'a', 1)
SELECT dictGetOrDefault('d', 'a', 1, 2)
SELECT joinGet('j', 'a', 1)
SELECT * FROM hdfs('x')
SELECT * FROM iceberg('x')
SELECT * FROM system.tables
SELECT * FROM system.query_log
SELECT * FROM system.one
SELECT name FROM `system`.`users`
SELECT * FROM INFORMATION_SCHEMA.TABLES
SELECT sleep(1)
SELECT sleepEachRow(1) FROM numbers(10)
SELECT getSetting('max_threads')
SELECT currentUser(), hostName(), version(), currentDatabase(), uptime(), serverUUID()
SELECT getMacro('x')
SELECT throwIf(1, name) FROM clients
SELECT hasColumnInTable('default', 'clients', 'id')
SELECT generateSerialID('x')
SELECT initializeAggregation('sumState', 1), evalMLMethod('x', 1)
SELECT filesystemAvailable()
SELECT catboostEvaluate('x', 1)
SELECT demangle('x'), addressToLine(1), logTrace('x')
SELECT * FROM clients SETTINGS max_threads = 1
SELECT * FROM clients SETTINGS readonly = 0 FORMAT JSON
SELECT * FROM clients INTO OUTFILE 'x.csv'
SELECT * FROM clients INTO OUTFILE 'x.csv' TRUNCATE FORMAT CSV
SELECT 1 WHERE 1 IN secret
SELECT 1 WHERE 1 GLOBAL IN system.one
SELECT * FROM numbers(1000000000000)
SELECT * FROM numbers_mt(99999999999)
SELECT repeat('x', 1000000000)
SELECT arrayWithConstant(1000000000, 1)
SELECT _part, _path FROM sales
SELECT {x:String}
SELECT * FROM {t:Identifier}
SYSTEM FLUSH LOGS
SYSTEM SHUTDOWN
KILL QUERY WHERE 1
OPTIMIZE TABLE sales
ALTER TABLE sales DELETE WHERE 1
DETACH TABLE sales
ATTACH TABLE sales
EXCHANGE TABLES sales AND clients
RENAME TABLE sales TO x
CREATE DICTIONARY d (a Int32) PRIMARY KEY a SOURCE(HTTP(URL 'x'))
BACKUP TABLE sales TO File('x')
RESTORE TABLE sales FROM File('x')
USE system
WATCH v
EXISTS TABLE secret
SHOW CREATE TABLE system.users
SHOW GRANTS
SHOW PROCESSLIST
SHOW DATABASES
EXPLAIN ESTIMATE SELECT 1
EXPLAIN TABLE OVERRIDE mysql('a')
DESCRIBE TABLE file('x.csv')
DESCRIBE system.users
INSERT INTO FUNCTION file('x') SELECT 1
SELECT * FROM view(SELECT * FROM system.one)
SELECT * FROM generateRandom('a String')
SELECT * FROM loop(clients)
SELECT aiGenerate('x')
SELECT name APPLY(file) FROM clients
SELECT * APPLY(sleepEachRow) FROM clients
SELECT COLUMNS('name') APPLY file FROM clients
SELECT * APPLY(x -> file(x)) FROM clients
SELECT arrayMap(file, ['x'])
SELECT in(id, clients) FROM clients
SELECT globalNotIn(1, secret)
