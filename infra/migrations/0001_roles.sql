-- run as: administrator
-- The roles, which the whole server shares, and the schemas of this database.
-- Roles may be there already, or appear now from another database: that is fine.

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['banjian_owner', 'banjian_writer',
        'banjian_projector', 'banjian_reader', 'banjian_inspector']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        END IF;
        EXECUTE format('GRANT %I TO %I', role_name, session_user);
    END LOOP;
    EXECUTE format('GRANT CREATE ON DATABASE %I TO banjian_owner', current_database());
END $$;

CREATE SCHEMA log AUTHORIZATION banjian_owner;
CREATE SCHEMA views AUTHORIZATION banjian_owner;
CREATE SCHEMA migrations AUTHORIZATION banjian_owner;

-- Nothing is open to all: each role is given what it needs, functions too.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE banjian_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SET LOCAL ROLE banjian_owner;
CREATE TABLE migrations.applied (
    number     integer     PRIMARY KEY CHECK (number > 0),
    name       text        NOT NULL,
    sha256     text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT USAGE ON SCHEMA migrations
    TO banjian_writer, banjian_projector, banjian_reader, banjian_inspector;
GRANT SELECT ON migrations.applied
    TO banjian_writer, banjian_projector, banjian_reader, banjian_inspector;
