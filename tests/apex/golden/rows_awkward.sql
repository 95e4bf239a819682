-- Amount of Gift Cards where group = 'a'

-- sqlite
SELECT Amount FROM "Gift Cards" WHERE "group" = 'a';

-- postgres
SELECT "Amount" FROM "Gift Cards" WHERE "group" = 'a';

-- duckdb
SELECT Amount FROM "Gift Cards" WHERE "group" = 'a';

-- mysql
SELECT Amount FROM `Gift Cards` WHERE `group` = 'a';

-- clickhouse
SELECT Amount FROM "Gift Cards" WHERE "group" = 'a';

-- bigquery
SELECT Amount FROM `Gift Cards` WHERE `group` = 'a';

-- snowflake
SELECT "Amount" FROM "Gift Cards" WHERE "group" = 'a';

-- trino
SELECT Amount FROM "Gift Cards" WHERE "group" = 'a';

-- redshift
SELECT "Amount" FROM "Gift Cards" WHERE "group" = 'a';
