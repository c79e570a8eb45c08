-- A key for each person, wrapped by the master key, and what a person is found by.

-- A destroyed key stays as a row without a key: known to be gone, never made again.
CREATE TABLE vault.person_key (
    person       uuid        PRIMARY KEY,
    wrapped      bytea,
    made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    destroyed_at timestamptz,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
CREATE FUNCTION vault.keep_destroyed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.destroyed_at IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a key is destroyed once and for ever'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_destroyed BEFORE UPDATE OR DELETE ON vault.person_key
    FOR EACH ROW EXECUTE FUNCTION vault.keep_destroyed();
ALTER TABLE vault.person_key ENABLE ALWAYS TRIGGER keep_destroyed;

-- Keyed digests of name, phone, number and its tail; deleted with the key.
CREATE TABLE vault.blind_index (
    digest bytea NOT NULL,
    person uuid  NOT NULL,
    PRIMARY KEY (digest, person)
);
CREATE INDEX blind_index_by_person ON vault.blind_index (person);

-- The log's stream in which a number is claimed: at random, so that without this
-- row nobody can tell whose number it was.
CREATE TABLE vault.identity (
    digest text PRIMARY KEY,
    stream uuid NOT NULL UNIQUE,
    person uuid
);
CREATE INDEX identity_by_person ON vault.identity (person);

GRANT USAGE ON SCHEMA vault TO banjian_keeper;
GRANT SELECT, INSERT, UPDATE (wrapped, destroyed_at)
    ON vault.person_key TO banjian_keeper;
GRANT SELECT, INSERT, DELETE ON vault.blind_index TO banjian_keeper;
GRANT SELECT, INSERT, DELETE, UPDATE (person) ON vault.identity TO banjian_keeper;
