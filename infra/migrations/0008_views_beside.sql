-- Views: who keeps each of them, and places for those being made anew and put away.

-- ``held_by`` is the projector that wrote last; the others leave the view to it until
-- ``held_until``. Whether a projector may write is decided by the lock of the row.
ALTER TABLE views.registry
    ADD COLUMN held_by text,
    ADD COLUMN held_until timestamptz;

CREATE SCHEMA views_next;
CREATE SCHEMA views_old;
CREATE TABLE views_next.registry (LIKE views.registry INCLUDING ALL);
GRANT USAGE, CREATE ON SCHEMA views_next, views_old TO banjian_projector;
GRANT SELECT, INSERT, UPDATE, DELETE ON views_next.registry TO banjian_projector;
GRANT USAGE ON SCHEMA views_next TO banjian_reader, banjian_writer, banjian_inspector;
GRANT SELECT ON views_next.registry
    TO banjian_reader, banjian_writer, banjian_inspector;
