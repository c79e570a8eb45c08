-- Views: where each stands. Their tables are made by the projector and disposable.

CREATE TABLE views.registry (
    name       text NOT NULL,
    version    int NOT NULL,
    position   bigint NOT NULL DEFAULT 0,
    status     text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'stopped')),
    error      text,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (name, version)
);
GRANT USAGE, CREATE ON SCHEMA views TO banjian_projector;
GRANT USAGE ON SCHEMA views TO banjian_reader, banjian_writer, banjian_inspector;
GRANT SELECT, INSERT, UPDATE, DELETE ON views.registry TO banjian_projector;
GRANT SELECT ON views.registry TO banjian_reader, banjian_writer, banjian_inspector;
