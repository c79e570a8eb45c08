-- Accounts of people and devices that may speak to the API.

CREATE SCHEMA accounts;
CREATE TABLE accounts.account (
    name          text PRIMARY KEY,
    password_hash text NOT NULL,
    role          text NOT NULL,
    office_code   text NOT NULL,
    officer_id    uuid,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT USAGE ON SCHEMA accounts TO banjian_writer, banjian_reader;
GRANT SELECT ON accounts.account TO banjian_reader;
GRANT SELECT, INSERT, UPDATE ON accounts.account TO banjian_writer;
