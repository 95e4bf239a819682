-- When each user asked within the last minute. Unlogged: after a crash everybody starts with a clean minute.
CREATE UNLOGGED TABLE datachat.asked (
    user_name text PRIMARY KEY,
    times timestamptz[] NOT NULL
);

-- Counts a question of a user and returns 0; or counts nothing and returns the seconds until one would be let in.
CREATE FUNCTION datachat.count_question(who text, most integer) RETURNS double precision
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    earlier timestamptz[];
    moment timestamptz;
BEGIN
    INSERT INTO datachat.asked VALUES (who, '{}') ON CONFLICT DO NOTHING;
    SELECT times INTO STRICT earlier FROM datachat.asked WHERE user_name = who FOR UPDATE;
    moment := clock_timestamp();
    earlier := ARRAY(
        SELECT each FROM unnest(earlier) AS each WHERE each > moment - interval '1 minute' AND each <= moment ORDER BY each
    );
    IF cardinality(earlier) >= most THEN
        RETURN extract(epoch FROM earlier[cardinality(earlier) - most + 1] + interval '1 minute' - moment);
    END IF;
    UPDATE datachat.asked SET times = earlier || moment WHERE user_name = who;
    RETURN 0;
END
$$;

-- What the statements of a user took on one day (UTC, by this database's clock).
CREATE TABLE datachat.spent (
    user_name text NOT NULL,
    day date NOT NULL,
    rows double precision NOT NULL,
    bytes double precision NOT NULL,
    cost double precision NOT NULL,
    seconds double precision NOT NULL,
    PRIMARY KEY (user_name, day)
);
