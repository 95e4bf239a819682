-- The audit: one line before a statement runs, one after it, one for each refusal. `entry` keeps the text it was given.
CREATE TABLE datachat.audit (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    kind text NOT NULL CHECK (kind IN ('intent', 'outcome', 'refusal')),
    about bigint UNIQUE,
    entry json NOT NULL,
    hash bytea NOT NULL
);

-- Number and hash of the last line. Its lock puts all writers in one order, and it tells when the last lines are gone.
CREATE TABLE datachat.audit_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    seq bigint NOT NULL,
    hash bytea NOT NULL
) WITH (fillfactor = 10);
INSERT INTO datachat.audit_head (seq, hash) VALUES (0, sha256('datachat'));

-- The hash of a line covers the hash of the line before it.
CREATE FUNCTION datachat.audit_hash(
    previous bytea, seq bigint, at timestamptz, kind text, about bigint, entry text
) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(previous || convert_to(concat_ws(
        E'\n', seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), kind, coalesce(about, 0), entry
    ), 'UTF8'))
$$;

-- Appends lines, all or none, and returns their numbers; a second outcome of one intent is passed over, as number 0.
-- Intents are on disk when this returns. Outcomes alone may follow within a second: a machine that fails before that
-- leaves an intent without an outcome, which is what an unknown outcome looks like.
CREATE FUNCTION datachat.audit_append(kinds text[], abouts bigint[], entries text[]) RETURNS bigint[]
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    head datachat.audit_head;
    moment timestamptz;
    numbers bigint[] := '{}';
BEGIN
    IF 'intent' <> ALL (kinds) THEN
        PERFORM set_config('synchronous_commit', 'off', true);
    END IF;
    SELECT * INTO STRICT head FROM datachat.audit_head FOR UPDATE;
    FOR n IN 1 .. cardinality(kinds) LOOP
        IF EXISTS (SELECT FROM datachat.audit WHERE about = abouts[n]) THEN
            numbers := numbers || 0::bigint;
            CONTINUE;
        END IF;
        moment := clock_timestamp();
        head.seq := head.seq + 1;
        head.hash := datachat.audit_hash(head.hash, head.seq, moment, kinds[n], abouts[n], entries[n]);
        INSERT INTO datachat.audit VALUES (head.seq, moment, kinds[n], abouts[n], entries[n]::json, head.hash);
        numbers := numbers || head.seq;
    END LOOP;
    UPDATE datachat.audit_head SET seq = head.seq, hash = head.hash;
    RETURN numbers;
END
$$;

CREATE FUNCTION datachat.audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit can only grow' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON datachat.audit
    FOR EACH ROW EXECUTE FUNCTION datachat.audit_is_append_only();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON datachat.audit
    FOR EACH STATEMENT EXECUTE FUNCTION datachat.audit_is_append_only();
CREATE TRIGGER never_removed BEFORE DELETE ON datachat.audit_head
    FOR EACH ROW EXECUTE FUNCTION datachat.audit_is_append_only();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON datachat.audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION datachat.audit_is_append_only();
-- So that they also fire in a session that replays for a replica (session_replication_role).
ALTER TABLE datachat.audit ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE datachat.audit_head ENABLE ALWAYS TRIGGER never_removed, ENABLE ALWAYS TRIGGER never_emptied;
REVOKE ALL ON datachat.audit, datachat.audit_head FROM PUBLIC;
