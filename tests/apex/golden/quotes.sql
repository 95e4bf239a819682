-- name of customers where name != 'it's a \ "test"; --'

-- sqlite
SELECT name FROM customers WHERE name <> 'it''s a \ "test"; --';

-- postgres
SELECT name FROM customers WHERE name <> 'it''s a \ "test"; --';

-- duckdb
SELECT name FROM customers WHERE name <> 'it''s a \ "test"; --';

-- mysql
SELECT name FROM customers WHERE name <> 'it''s a \\ "test"; --';

-- clickhouse
SELECT name FROM customers WHERE name <> 'it''s a \\ "test"; --';

-- bigquery
SELECT name FROM customers WHERE name <> 'it\'s a \\ "test"; --';

-- snowflake
SELECT "name" FROM "customers" WHERE "name" <> 'it\'s a \\ "test"; --';

-- trino
SELECT name FROM customers WHERE name <> 'it''s a \ "test"; --';

-- redshift
SELECT name FROM customers WHERE name <> 'it\'s a \\ "test"; --';
