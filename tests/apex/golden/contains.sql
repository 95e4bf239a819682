-- title of products where title contains '0% wool_'

-- sqlite
SELECT title FROM products WHERE INSTR(title, '0% wool_') > 0;

-- postgres
SELECT title FROM products WHERE title LIKE '%0!% wool!_%' ESCAPE '!';

-- duckdb
SELECT title FROM products WHERE title LIKE '%0!% wool!_%' ESCAPE '!';

-- mysql
SELECT title FROM products WHERE title LIKE '%0!% wool!_%' ESCAPE '!';

-- clickhouse
SELECT title FROM products WHERE title LIKE '%0\\% wool\\_%';

-- bigquery
SELECT title FROM products WHERE title LIKE '%0\\% wool\\_%';

-- snowflake
SELECT "title" FROM "products" WHERE "title" LIKE '%0!% wool!_%' ESCAPE '!';

-- trino
SELECT title FROM products WHERE title LIKE '%0!% wool!_%' ESCAPE '!';

-- redshift
SELECT title FROM products WHERE title LIKE '%0!% wool!_%' ESCAPE '!';
