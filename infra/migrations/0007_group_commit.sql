-- Group commit: many saves in one statement. And the names of events the log holds.

CREATE TABLE log.event_names (name text PRIMARY KEY);
INSERT INTO log.event_names SELECT DISTINCT topic FROM log.events;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log.event_names
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.event_names ENABLE ALWAYS TRIGGER append_only;
GRANT SELECT ON log.event_names
    TO banjian_writer, banjian_projector, banjian_inspector;

-- Whichever way an event comes in, so that a start may look at a few names instead of
-- all events.
CREATE FUNCTION log.note_names() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO log.event_names SELECT DISTINCT a.topic FROM added a
    WHERE NOT EXISTS (SELECT FROM log.event_names n WHERE n.name = a.topic)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER note_names AFTER INSERT ON log.events REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION log.note_names();
ALTER TABLE log.events ENABLE ALWAYS TRIGGER note_names;

-- As before, but with a plan that is kept: it is asked at every append.
CREATE OR REPLACE FUNCTION log.now() RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT CASE WHEN c.simulated
        THEN c.instant + c.rate * (clock_timestamp() - c.runs_from)
        ELSE clock_timestamp() END
    FROM log.clock c);
END $$;

-- 'next' is for log.append, which numbers all events of a group at once. Like 'given'
-- it is heeded from the owner's functions alone.
DROP TRIGGER number_event ON log.events;
CREATE TRIGGER number_event BEFORE INSERT ON log.events
    FOR EACH ROW
    WHEN (current_user <> 'banjian_owner' OR coalesce(
        current_setting('banjian.positions', true), '') NOT IN ('given', 'next'))
    EXECUTE FUNCTION log.number_event();
ALTER TABLE log.events ENABLE ALWAYS TRIGGER number_event;

-- Append a group of saves, or tell which of them cannot be: then nothing is written.
--   moved: places in ``read_*`` of streams that have grown beyond the version read
--   taken: places in ``streams`` of events whose version is there already
--   known: places in ``actors`` of commands that have an outcome already
-- ``any_unread``: whether there are events of streams that are not in ``read_streams``.
-- ``firsts``: how many events of the group stand before those of a command;
-- ``lasts``: how many events of the group there are up to the end of its save.
-- ``behind``: by how much the clock of an ordinary log is behind its last event.
-- Sequential scans and compiling are off: a plan made while the log was small is kept.
CREATE FUNCTION log.append(
    read_streams uuid[], read_versions bigint[],
    streams uuid[], versions bigint[], topics text[], states bytea[],
    actors text[], keys text[], hashes bytea[], outcomes text[],
    firsts int[], counts int[], lasts int[], any_unread boolean,
    OUT reached bigint, OUT instant timestamptz, OUT xid bigint, OUT behind interval,
    OUT moved int[], OUT taken int[], OUT known int[]
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_variable
DECLARE
    size  int := cardinality(streams);
    clock timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(7203518001);
    SELECT array_agg(r.n) INTO moved
    FROM unnest(read_streams, read_versions) WITH ORDINALITY AS r (stream, version, n)
    WHERE (SELECT max(e.originator_version) FROM log.events e
           WHERE e.originator_id = r.stream) > r.version;
    IF any_unread THEN
        SELECT array_agg(s.n) INTO taken
        FROM unnest(streams, versions) WITH ORDINALITY AS s (stream, version, n)
        WHERE EXISTS (SELECT FROM log.events e WHERE e.originator_id = s.stream
                      AND e.originator_version = s.version);
    END IF;
    IF cardinality(keys) > 0 THEN
        SELECT array_agg(c.n) INTO known
        FROM unnest(actors, keys) WITH ORDINALITY AS c (actor, key, n)
        WHERE EXISTS (SELECT FROM log.commands o
                      WHERE o.actor = c.actor AND o.key = c.key);
    END IF;
    IF coalesce(moved, taken, known) IS NOT NULL THEN
        RETURN;
    END IF;
    clock := log.now();
    UPDATE log.counter AS c SET last = c.last + size,
        last_at = CASE WHEN size > 0 THEN greatest(c.last_at, clock) ELSE c.last_at END
    WHERE c.only_row
    RETURNING c.last, greatest(c.last_at, clock) INTO reached, instant;
    IF NOT isfinite(instant) THEN
        RAISE EXCEPTION 'the log is not initialised'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    xid := pg_current_xact_id()::text::bigint;
    IF instant > clock AND NOT (SELECT k.simulated FROM log.clock k) THEN
        behind := instant - clock;
    END IF;
    PERFORM set_config('banjian.positions', 'next', true);
    INSERT INTO log.events (originator_id, originator_version, topic, state,
        notification_id, recorded_at, xid, db_user)
    SELECT s.stream, s.version, s.topic, s.state, reached - size + s.n, instant,
        pg_current_xact_id(), session_user
    FROM unnest(streams, versions, topics, states)
        WITH ORDINALITY AS s (stream, version, topic, state, n)
    ORDER BY s.n;
    PERFORM set_config('banjian.positions', '', true);
    IF cardinality(keys) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO log.commands (actor, key, request_hash, outcome)
    SELECT c.actor, c.key, c.hash, c.outcome::jsonb || jsonb_build_object(
        'last', reached - size + c.last,
        'positions', (SELECT coalesce(jsonb_agg(reached - size + c.first + i), '[]')
                      FROM generate_series(1, c.count) AS i))
    FROM unnest(actors, keys, hashes, outcomes, firsts, counts, lasts)
        AS c (actor, key, hash, outcome, first, count, last);
END $$;
REVOKE ALL ON FUNCTION log.note_names() FROM PUBLIC;
REVOKE ALL ON FUNCTION log.append(uuid[], bigint[], uuid[], bigint[], text[], bytea[],
    text[], text[], bytea[], text[], int[], int[], int[], boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append(uuid[], bigint[], uuid[], bigint[], text[], bytea[],
    text[], text[], bytea[], text[], int[], int[], int[], boolean) TO banjian_writer;
