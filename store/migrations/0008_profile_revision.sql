-- One row that grows with every change of what was measured, so that others notice by one number.
CREATE TABLE datachat.profile_revision (
    the_one boolean PRIMARY KEY DEFAULT true CHECK (the_one),
    revision bigint NOT NULL
);
INSERT INTO datachat.profile_revision (revision) VALUES (0);

CREATE FUNCTION datachat.revise_profiles() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    UPDATE datachat.profile_revision SET revision = revision + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER revise AFTER INSERT OR UPDATE OR DELETE ON datachat.profile_tables
    FOR EACH STATEMENT EXECUTE FUNCTION datachat.revise_profiles();
CREATE TRIGGER revise AFTER INSERT OR UPDATE OR DELETE ON datachat.profile_relations
    FOR EACH STATEMENT EXECUTE FUNCTION datachat.revise_profiles();
CREATE TRIGGER revise AFTER INSERT OR UPDATE OR DELETE ON datachat.valued_columns
    FOR EACH STATEMENT EXECUTE FUNCTION datachat.revise_profiles();
