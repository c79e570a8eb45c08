-- Only an erasure looks by person, and it is rare: a scan then, no index on each append.
DROP INDEX vault.blind_index_by_person;
