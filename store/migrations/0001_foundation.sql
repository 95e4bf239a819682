-- Databases that may be asked; `url` is encrypted.
CREATE TABLE datachat.connections (
    name text PRIMARY KEY,
    dialect text NOT NULL,
    url bytea NOT NULL,
    shown_url text NOT NULL,
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX connections_one_default ON datachat.connections (is_default) WHERE is_default;

-- Stored catalogs: a head, and one row per table. `version` grows when a shape changes, not when a statistic does.
CREATE TABLE datachat.catalogs (
    key text PRIMARY KEY,
    version bigint NOT NULL,
    head json NOT NULL,
    refreshed_at timestamptz NOT NULL
);
CREATE TABLE datachat.catalog_tables (
    key text NOT NULL REFERENCES datachat.catalogs ON DELETE CASCADE,
    schema_name text COLLATE "C" NOT NULL,
    table_name text COLLATE "C" NOT NULL,
    fingerprint bytea NOT NULL,
    shape json NOT NULL,
    row_estimate bigint,
    bytes bigint,
    PRIMARY KEY (key, schema_name, table_name)
);

-- Conversations and their turns. `json` rather than `jsonb`: it keeps what it was given, escaped NULs included.
CREATE TABLE datachat.conversations (
    id text PRIMARY KEY,
    owner text NOT NULL,
    title text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX conversations_latest ON datachat.conversations (owner, updated_at DESC);

CREATE TABLE datachat.turns (
    id text PRIMARY KEY,
    conversation_id text NOT NULL REFERENCES datachat.conversations ON DELETE CASCADE,
    number bigint GENERATED ALWAYS AS IDENTITY,
    question text NOT NULL,
    database text,
    model text,
    status text NOT NULL CHECK (status IN ('running', 'waiting', 'finished', 'cancelled')),
    answer json,
    result_id text,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
);
CREATE INDEX turns_in_order ON datachat.turns (conversation_id, number);
CREATE INDEX turns_open ON datachat.turns (status) WHERE status IN ('running', 'waiting');

CREATE TABLE datachat.events (
    turn_id text NOT NULL REFERENCES datachat.turns ON DELETE CASCADE,
    id bigint NOT NULL,
    type text NOT NULL,
    data json NOT NULL,
    PRIMARY KEY (turn_id, id)
);

-- Whole results, in compressed chunks that each know their first row.
CREATE TABLE datachat.results (
    id text PRIMARY KEY,
    head json NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX results_expiry ON datachat.results (expires_at);
CREATE TABLE datachat.result_chunks (
    result_id text NOT NULL REFERENCES datachat.results ON DELETE CASCADE,
    first_row bigint NOT NULL,
    next_row bigint NOT NULL,
    body bytea STORAGE EXTERNAL NOT NULL,
    PRIMARY KEY (result_id, first_row)
);
