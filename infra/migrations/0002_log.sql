-- The event log: append-only, one total order, dense positions, the log clock.

CREATE TABLE log.clock (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    simulated boolean NOT NULL,
    instant   timestamptz,
    runs_from timestamptz,
    rate      double precision NOT NULL DEFAULT 0 CHECK (rate >= 0),
    CHECK (simulated = (instant IS NOT NULL))
);

-- A log is ordinary or simulated for ever.
CREATE FUNCTION log.keep_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.simulated = OLD.simulated THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a log is never switched between ordinary and simulated'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_kind BEFORE UPDATE OR DELETE ON log.clock
    FOR EACH ROW EXECUTE FUNCTION log.keep_kind();
CREATE TRIGGER keep_row BEFORE TRUNCATE ON log.clock
    FOR EACH STATEMENT EXECUTE FUNCTION log.keep_kind();
ALTER TABLE log.clock ENABLE ALWAYS TRIGGER keep_kind, ENABLE ALWAYS TRIGGER keep_row;

-- The log clock: real time, or the settable instant of a simulated log.
CREATE FUNCTION log.now() RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT CASE WHEN c.simulated
        THEN c.instant + c.rate * (clock_timestamp() - c.runs_from)
        ELSE clock_timestamp() END
    FROM log.clock c
$$;

CREATE FUNCTION log.set_clock(new_instant timestamptz, new_rate double precision)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE log.clock
    SET instant = new_instant, rate = new_rate, runs_from = clock_timestamp()
    WHERE simulated;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a simulated log has a settable clock'
            USING ERRCODE = 'restrict_violation';
    END IF;
END $$;

-- One row, updated under the append lock: positions have no hole, or a hole is proof.
CREATE TABLE log.counter (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    last     bigint NOT NULL,
    last_at  timestamptz NOT NULL
);
INSERT INTO log.counter (last, last_at) VALUES (0, '-infinity');

CREATE TABLE log.events (
    originator_id      uuid        NOT NULL,
    originator_version bigint      NOT NULL CHECK (originator_version > 0),
    topic              text        NOT NULL,
    state              bytea       NOT NULL,
    notification_id    bigint      NOT NULL UNIQUE,
    recorded_at        timestamptz NOT NULL,
    xid                xid8        NOT NULL,
    db_user            text        NOT NULL,
    PRIMARY KEY (originator_id, originator_version)
);

CREATE FUNCTION log.number_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE log.counter SET last = last + 1, last_at = greatest(last_at, log.now())
    RETURNING last, last_at INTO NEW.notification_id, NEW.recorded_at;
    IF NOT isfinite(NEW.recorded_at) THEN
        RAISE EXCEPTION 'the log is not initialised' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    NEW.xid := pg_current_xact_id();
    NEW.db_user := session_user;
    RETURN NEW;
END $$;
CREATE TRIGGER number_event BEFORE INSERT ON log.events
    FOR EACH ROW EXECUTE FUNCTION log.number_event();
ALTER TABLE log.events ENABLE ALWAYS TRIGGER number_event;

-- What each command came to; written in the transaction of its events.
CREATE TABLE log.commands (
    actor        text        NOT NULL,
    key          text        NOT NULL,
    request_hash bytea       NOT NULL,
    outcome      jsonb       NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (actor, key)
);

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: the log is append-only',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log.events
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.events ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log.commands
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.commands ENABLE ALWAYS TRIGGER append_only;

CREATE VIEW log.readable AS
    SELECT notification_id AS position, recorded_at, topic, originator_id,
           originator_version, convert_from(state, 'UTF8')::jsonb AS state
    FROM log.events;

-- number_event too: on a table of one's own it would take positions for nothing.
REVOKE ALL ON FUNCTION log.now(), log.set_clock(timestamptz, double precision),
    log.number_event() FROM PUBLIC;
GRANT USAGE ON SCHEMA log
    TO banjian_writer, banjian_projector, banjian_reader, banjian_inspector;
GRANT EXECUTE ON FUNCTION log.now()
    TO banjian_writer, banjian_projector, banjian_reader, banjian_inspector;
GRANT EXECUTE ON FUNCTION log.set_clock(timestamptz, double precision)
    TO banjian_writer;
GRANT SELECT ON log.events, log.clock, log.counter
    TO banjian_writer, banjian_projector, banjian_inspector;
GRANT SELECT ON log.clock TO banjian_reader;
GRANT SELECT ON log.readable TO banjian_inspector;
-- Position, times and identity are the database's to give: no INSERT on them.
GRANT INSERT (originator_id, originator_version, topic, state)
    ON log.events TO banjian_writer;
GRANT SELECT, INSERT (actor, key, request_hash, outcome)
    ON log.commands TO banjian_writer;
