-- What was measured of databases: one row per table, and the relations that were found. Keys are those of catalogs.
CREATE TABLE datachat.profile_tables (
    key text NOT NULL,
    schema_name text COLLATE "C" NOT NULL,
    table_name text COLLATE "C" NOT NULL,
    measured json NOT NULL,
    PRIMARY KEY (key, schema_name, table_name)
);
CREATE TABLE datachat.profile_relations (
    key text PRIMARY KEY,
    relations json NOT NULL
);
