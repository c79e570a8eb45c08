"""Damage to the recorder: groups, lock, outcomes, wake-ups, and what stops a start."""

from tests.saboteurs_of_log import APPEND, Saboteur

RECORDER = "infra/log_recorder.py"
GROUPS = "tests/infra/test_recorder_groups.py"

SABOTEURS = (
    Saboteur(
        name="writers append without the append lock",
        file=APPEND,
        old="    PERFORM pg_advisory_xact_lock(7203518001);\n",
        new="",
        test="tests/infra/test_recorder.py::test_one_writer_at_a_time",
    ),
    Saboteur(
        name="the append lock is waited for for ever",
        file="infra/persistence.py",
        old="-c lock_timeout={self.datastore.lock_timeout}s",
        new="-c lock_timeout=0",
        test=GROUPS + "::test_the_lock_is_not_waited_for_for_ever",
    ),
    Saboteur(
        name="a conflict of one in a group is told to all of it",
        file="infra/group_writing.py",
        old="remaining[place].fail(fault)",
        new="[member.fail(fault) for member in remaining]",
        test=GROUPS + "::test_who_conflicts_is_refused_alone_and_leaves_nothing",
    ),
    Saboteur(
        name="what the database cannot store takes its group with it",
        file="infra/group_writing.py",
        old="if len(group) == 1:",
        new="if group:",
        test=GROUPS + "::test_what_the_database_cannot_store_is_refused_alone",
    ),
    Saboteur(
        name="saves that rest on each other go in one group",
        file="infra/group_commit.py",
        old="if member.rests_on(written):",
        new="if written is None:",
        test="tests/infra/test_group_commit.py"
        "::test_what_rests_on_another_of_the_group_is_judged_after_it",
    ),
    Saboteur(
        name="outcomes are not stored",
        file=APPEND,
        old="IF cardinality(keys) = 0 THEN",
        new="IF true THEN",
        test=(
            "tests/infra/test_desk.py"
            "::test_the_same_key_gives_the_first_outcome_and_adds_nothing"
        ),
    ),
    Saboteur(
        name="a second outcome under a key is no conflict of its own",
        file=APPEND,
        old="IF coalesce(moved, taken, known) IS NOT NULL THEN",
        new="IF coalesce(moved, taken) IS NOT NULL THEN",
        test=(
            "tests/infra/test_recorder.py"
            "::test_what_fails_leaves_neither_event_nor_hole"
        ),
    ),
    Saboteur(
        name="versions read are not checked at the append",
        file=APPEND,
        old="WHERE e.originator_id = r.stream) > r.version;",
        new="WHERE e.originator_id = r.stream) > r.version + 1000;",
        test=(
            "tests/infra/test_desk_concurrency.py"
            "::test_a_fact_that_changed_meanwhile_makes_the_desk_decide_again"
        ),
    ),
    Saboteur(
        name="facts out of the cache are not checked at the append",
        file="infra/reader.py",
        old="self.versions.setdefault(stream_id, version)",
        new="pass",
        test=(
            "tests/infra/test_desk_concurrency.py"
            "::test_a_fact_kept_from_before_is_checked_again"
        ),
    ),
    Saboteur(
        name="nobody is alarmed by a clock that is set back",
        file=APPEND,
        old="behind := instant - clock;",
        new="behind := NULL;",
        test=GROUPS + "::test_a_clock_set_back_is_kept_flat_and_told_once",
    ),
    Saboteur(
        name="a wake-up that fails ends all wake-ups",
        file="infra/waking.py",
        old="except PersistenceError as fault:",
        new="except ZeroDivisionError as fault:",
        test=(
            "tests/infra/test_recorder.py"
            "::test_an_append_that_nobody_can_be_told_of_is_still_an_append"
        ),
    ),
    Saboteur(
        name="readers in the process are not woken",
        file=RECORDER,
        old="self.end.announce(position)",
        new="pass",
        test=(
            "tests/infra/test_recorder_waking.py"
            "::test_a_reader_in_the_process_is_woken_without_the_database"
        ),
    ),
    Saboteur(
        name="the start passes over a hole",
        file="infra/log_check.py",
        old="if hole is not None:",
        new="if hole == 0:",
        test="tests/infra/test_log_check.py"
        "::test_an_event_that_is_missing_stops_the_start",
    ),
    Saboteur(
        name="the start passes over names it does not know",
        file="infra/log_check.py",
        old="if unknown:",
        new="if not known:",
        test="tests/infra/test_log_check.py"
        "::test_a_name_that_nobody_here_knows_stops_the_start",
    ),
    Saboteur(
        name="the start passes over the switch that skips events",
        file="infra/persistence.py",
        old="raise DbFunctionsAreEnabled(msg)",
        new="del msg",
        test=(
            "tests/infra/test_opening_the_log.py"
            "::test_the_switch_that_skips_events_stops_the_start"
        ),
    ),
)
