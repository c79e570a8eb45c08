-- Bulk appends with given times, on simulated logs only.

-- The owner's function below is the one way past the numbering of single rows: it
-- numbers a whole save in one statement. Nobody else gets past it by the setting,
-- which every role may set; and on an ordinary log not even the owner.
DROP TRIGGER number_event ON log.events;
CREATE TRIGGER number_event BEFORE INSERT ON log.events
    FOR EACH ROW
    WHEN (current_user <> 'banjian_owner'
        OR coalesce(current_setting('banjian.positions', true), '') <> 'given')
    EXECUTE FUNCTION log.number_event();
ALTER TABLE log.events ENABLE ALWAYS TRIGGER number_event;

CREATE FUNCTION log.require_simulated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT coalesce((SELECT simulated FROM log.clock), false) THEN
        RAISE EXCEPTION 'only a simulated log is given positions and times'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER require_simulated BEFORE INSERT ON log.events
    FOR EACH STATEMENT
    WHEN (coalesce(current_setting('banjian.positions', true), '') = 'given')
    EXECUTE FUNCTION log.require_simulated();
ALTER TABLE log.events ENABLE ALWAYS TRIGGER require_simulated;

-- Append events with the times given, at the next positions; returns the last of
-- them. ``expected`` is the last position that the caller has seen: where the log is
-- elsewhere by now, nothing is written. The simulated clock goes on to ``until``.
CREATE FUNCTION log.append_given(
    expected bigint, until timestamptz, streams uuid[], versions bigint[],
    topics text[], states bytea[], times timestamptz[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    size     bigint := cardinality(times);
    before   log.counter;
    in_order boolean;
    latest   timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(7203518001);
    IF NOT coalesce((SELECT simulated FROM log.clock), false) THEN
        RAISE EXCEPTION 'only a simulated log is given positions and times'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (cardinality(streams), cardinality(versions), cardinality(topics),
            cardinality(states)) IS DISTINCT FROM (size, size, size, size) THEN
        RAISE EXCEPTION 'the columns are not of one length'
            USING ERRCODE = 'array_subscript_error';
    END IF;
    SELECT * INTO before FROM log.counter FOR UPDATE;
    IF before.last IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'the log is at %, not at %', before.last, expected
            USING ERRCODE = 'serialization_failure';
    END IF;
    SELECT coalesce(bool_and(isfinite(at) AND at >= previous), true),
        coalesce(max(at), before.last_at)
    INTO in_order, latest FROM (
        SELECT at, lag(at, 1, before.last_at) OVER (ORDER BY n) AS previous
        FROM unnest(times) WITH ORDINALITY AS given (at, n)
    ) AS following;
    IF NOT in_order OR NOT isfinite(until) OR until < latest THEN
        RAISE EXCEPTION 'the times run backwards, or begin before the log''s last'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM set_config('banjian.positions', 'given', true);
    INSERT INTO log.events (originator_id, originator_version, topic, state,
        notification_id, recorded_at, xid, db_user)
    SELECT stream, version, topic, state, expected + n, at, pg_current_xact_id(),
        session_user
    FROM unnest(streams, versions, topics, states, times)
        WITH ORDINALITY AS given (stream, version, topic, state, at, n)
    ORDER BY n;
    PERFORM set_config('banjian.positions', '', true);
    UPDATE log.counter SET last = last + size, last_at = latest;
    UPDATE log.clock SET instant = until, runs_from = clock_timestamp()
    WHERE log.now() < until;
    RETURN expected + size;
END $$;
REVOKE ALL ON FUNCTION log.require_simulated() FROM PUBLIC;
REVOKE ALL ON FUNCTION log.append_given(
    bigint, timestamptz, uuid[], bigint[], text[], bytea[], timestamptz[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append_given(
    bigint, timestamptz, uuid[], bigint[], text[], bytea[], timestamptz[]) TO banjian_writer;
