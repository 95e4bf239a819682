-- One transaction runs all of this; what is SET LOCAL or temporary ends with it.
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO, MDY';
SET LOCAL search_path = public, pg_temp;
SET LOCAL client_min_messages = warning;
SET LOCAL jit = off;
SET LOCAL synchronize_seqscans = off;
SET LOCAL work_mem = '64MB';
SET LOCAL maintenance_work_mem = '128MB';
SET LOCAL standard_conforming_strings = on;

DO $$
BEGIN
  IF coalesce(obj_description('public'::regnamespace, 'pg_namespace'), '') NOT LIKE '{mark}%'
     AND EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f'))
  THEN
    RAISE duplicate_table USING
      MESSAGE = 'the schema "public" of database "' || current_database() || '" holds tables of its own',
      HINT = 'load the example company into an empty database';
  END IF;
END $$;

CREATE FUNCTION pg_temp.today() RETURNS date LANGUAGE sql IMMUTABLE RETURN date '{today}';

-- Chance: a number from 0 to n-1 that depends on nothing but the id and the purpose. The hash is the one of
-- hash-partitioned tables, so it is the same on every machine and in every later version.
CREATE FUNCTION pg_temp.pick(id bigint, purpose bigint, n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN (hashint8extended(id, purpose) & 9223372036854775807) % n;

-- Evenness: a number from 0 to 9999 that fills its range evenly over any run of ids (a Weyl sequence). Each axis is a
-- fraction of 2^32; together the axes 1 to 4 stay even in four dimensions, so that a day is no matter of luck.
CREATE FUNCTION pg_temp.spread(id bigint, axis bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN (((id * (ARRAY[3679390609, 3152041523, 2700274806, 2313257605])[axis]) & 4294967295) * 10000) >> 32;

CREATE TEMP TABLE days (day date, begun int, transactions int, basket int, customers int, merchants int) ON COMMIT DROP;
INSERT INTO days VALUES {days};
ANALYZE days;
