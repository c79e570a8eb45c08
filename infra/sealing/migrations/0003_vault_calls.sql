-- What an append asks of the vault, in one exchange and one commit.

-- Keys of `persons`, each given the one of `wrapped` if there is none.
-- With `is_durable` false the next durable commit makes it so: they are in order.
CREATE FUNCTION vault.make_keys(persons uuid[], boxes bytea[], is_durable boolean)
RETURNS TABLE (person uuid, wrapped bytea)
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
    IF NOT is_durable THEN
        PERFORM set_config('synchronous_commit', 'off', true);
    END IF;
    INSERT INTO vault.person_key (person, wrapped)
        SELECT p, b FROM unnest(persons, boxes) AS t (p, b)
        ORDER BY p ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT k.person, k.wrapped FROM vault.person_key k
        WHERE k.person = ANY (persons);
END $$;

-- The stream of each number's digest: the one of `fresh` if there is none.
CREATE FUNCTION vault.make_identities(digests text[], fresh uuid[])
RETURNS TABLE (digest text, stream uuid)
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    INSERT INTO vault.identity (digest, stream)
        SELECT d, s FROM unnest(digests, fresh) AS t (d, s)
        ORDER BY d ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT i.digest, i.stream FROM vault.identity i
        WHERE i.digest = ANY (digests);
END $$;

-- Before an append: keys as above, what persons are found by, and whose the streams
-- are in which numbers are claimed.
CREATE FUNCTION vault.make_ready(
    keyed uuid[], boxes bytea[], digests bytea[], persons uuid[],
    streams uuid[], holders uuid[], is_durable boolean
) RETURNS TABLE (person uuid, wrapped bytea)
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO vault.blind_index (digest, person)
        SELECT d, p FROM unnest(digests, persons) AS t (d, p)
        ORDER BY d, p ON CONFLICT DO NOTHING;
    UPDATE vault.identity i SET person = c.holder
        FROM unnest(streams, holders) AS c (stream, holder)
        WHERE i.stream = c.stream;
    RETURN QUERY SELECT * FROM vault.make_keys(keyed, boxes, is_durable);
END $$;

REVOKE ALL ON FUNCTION vault.make_keys(uuid[], bytea[], boolean),
    vault.make_identities(text[], uuid[]),
    vault.make_ready(uuid[], bytea[], bytea[], uuid[], uuid[], uuid[], boolean)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.make_keys(uuid[], bytea[], boolean),
    vault.make_identities(text[], uuid[]),
    vault.make_ready(uuid[], bytea[], bytea[], uuid[], uuid[], uuid[], boolean)
    TO banjian_keeper;
