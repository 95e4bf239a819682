-- What retrieval finds, in words and as a vector: tables and DataPoints, each under the key of a database's catalog.
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE datachat.documents (
    key text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    checksum bytea NOT NULL,
    words tsvector NOT NULL,
    embedded_by text NOT NULL,
    -- Kept in the row, for every search reads them all.
    embedding halfvec STORAGE PLAIN,
    PRIMARY KEY (key, kind, id)
);
CREATE INDEX documents_words ON datachat.documents USING gin (words);

-- Which state of catalog and DataPoints is wholly there.
CREATE TABLE datachat.document_sets (
    key text COLLATE "C" PRIMARY KEY,
    mark text NOT NULL,
    indexed_at timestamptz NOT NULL
);

-- Values of text columns, each as it is stored and folded (case, accents and plurals), so that questions find them.
CREATE TABLE datachat.valued_columns (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text COLLATE "C" NOT NULL,
    schema_name text COLLATE "C" NOT NULL,
    table_name text COLLATE "C" NOT NULL,
    column_name text COLLATE "C" NOT NULL,
    checksum bytea NOT NULL,
    complete boolean NOT NULL,
    UNIQUE (key, schema_name, table_name, column_name)
);
CREATE TABLE datachat.column_values (
    key text COLLATE "C" NOT NULL,
    folded text COLLATE "C" NOT NULL,
    column_number bigint NOT NULL REFERENCES datachat.valued_columns ON DELETE CASCADE,
    value text NOT NULL
);
CREATE INDEX column_values_folded ON datachat.column_values (key, folded);
CREATE INDEX column_values_column ON datachat.column_values (column_number);
