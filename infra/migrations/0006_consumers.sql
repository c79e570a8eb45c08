-- How far each consumer has read the log: saved after the effect, which may be had
-- again and is then nothing, because every command of a consumer is done once.

CREATE SCHEMA consumers;
CREATE TABLE consumers.positions (
    name       text PRIMARY KEY,
    position   bigint NOT NULL CHECK (position >= 0),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT USAGE ON SCHEMA consumers TO banjian_writer, banjian_reader, banjian_inspector;
GRANT SELECT, INSERT, UPDATE ON consumers.positions TO banjian_writer;
GRANT SELECT ON consumers.positions TO banjian_reader, banjian_inspector;
