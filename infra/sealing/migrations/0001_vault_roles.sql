-- run as: administrator
-- The vault is a database of its own: whoever copies the log has no key.
-- Roles may be there already, or appear now from another database: that is fine.

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['banjian_owner', 'banjian_keeper']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        END IF;
        EXECUTE format('GRANT %I TO %I', role_name, session_user);
    END LOOP;
    EXECUTE format('GRANT CREATE ON DATABASE %I TO banjian_owner', current_database());
END $$;

CREATE SCHEMA vault AUTHORIZATION banjian_owner;
CREATE SCHEMA migrations AUTHORIZATION banjian_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

SET LOCAL ROLE banjian_owner;
CREATE TABLE migrations.applied (
    number     integer     PRIMARY KEY CHECK (number > 0),
    name       text        NOT NULL,
    sha256     text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
