-- DataPoints as the system knows them: what files say, and beside it what waits for a review (one of each per id).
CREATE TABLE datachat.datapoints (
    id text NOT NULL,
    pending boolean NOT NULL,
    kind text NOT NULL,
    database text,
    status text NOT NULL CHECK (status IN ('pending', 'approved', 'retired')),
    version integer NOT NULL,
    body jsonb NOT NULL,
    -- The folder that was synced, and the file below it; both null for what no file says yet.
    root text,
    file text,
    managed boolean NOT NULL DEFAULT false,
    checksum text,
    reviewer text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    confidence double precision,
    origin text NOT NULL DEFAULT '',
    -- A person changed the proposal: no generator overwrites it.
    edited boolean NOT NULL DEFAULT false,
    stale boolean NOT NULL DEFAULT false,
    stale_reason text NOT NULL DEFAULT '',
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (id, pending)
);
CREATE INDEX ON datachat.datapoints (root, file);

-- Proposals that were turned down, so that the same is not proposed again.
CREATE TABLE datachat.rejected_datapoints (
    id text NOT NULL,
    digest text NOT NULL,
    reviewer text NOT NULL,
    reason text NOT NULL,
    rejected_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (id, digest)
);

-- One row, locked by whoever changes DataPoints; it grows with every change, so that others notice by one number.
CREATE TABLE datachat.datapoint_revision (
    the_one boolean PRIMARY KEY DEFAULT true CHECK (the_one),
    revision bigint NOT NULL
);
INSERT INTO datachat.datapoint_revision (revision) VALUES (0);

CREATE FUNCTION datachat.revise_datapoints() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT FROM touched) THEN
        UPDATE datachat.datapoint_revision SET revision = revision + 1;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER revise_insert AFTER INSERT ON datachat.datapoints REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION datachat.revise_datapoints();
CREATE TRIGGER revise_update AFTER UPDATE ON datachat.datapoints REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION datachat.revise_datapoints();
CREATE TRIGGER revise_delete AFTER DELETE ON datachat.datapoints REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION datachat.revise_datapoints();
