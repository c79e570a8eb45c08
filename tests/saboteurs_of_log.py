"""Damage to log, door and rules that a named test must notice.

Each changes one place of one file; the test it names must then be red.
"""

from dataclasses import dataclass

SQL = "infra/migrations/0002_log.sql"
APPEND = "infra/migrations/0007_group_commit.sql"
HANDLING = "domain/case/handling.py"
ORDER = "tests/domain/case/test_invariants.py"
NUMBERING = (
    "CREATE FUNCTION log.number_event() RETURNS trigger\n"
    "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$\n"
    "BEGIN\n"
    "    UPDATE log.counter SET last = "
)
ALWAYS = "ALTER TABLE log.events ENABLE ALWAYS TRIGGER append_only;"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saboteur:
    """``old`` stands exactly once in ``file``; with ``new``, ``test`` must fail."""

    name: str
    file: str
    old: str
    new: str
    test: str


DATABASE = (
    Saboteur(
        name="positions come from a sequence, which leaves gaps",
        file=SQL,
        old=NUMBERING + "last + 1,",
        new="CREATE SEQUENCE log.gaps;\n" + NUMBERING + "nextval('log.gaps'),",
        test=(
            "tests/infra/test_log_guarantees.py"
            "::test_times_never_run_backwards_and_rollbacks_leave_no_hole"
        ),
    ),
    Saboteur(
        name="the time of recording may step back",
        file=APPEND,
        old="THEN greatest(c.last_at, clock) ELSE",
        new="THEN clock ELSE",
        test=(
            "tests/infra/test_simulated_log.py"
            "::test_a_clock_set_back_does_not_turn_the_log_back"
        ),
    ),
    Saboteur(
        name="the append-only trigger of the events is missing",
        file=SQL,
        old=ALWAYS,
        new="DROP TRIGGER append_only ON log.events;",
        test=(
            "tests/infra/test_log_guarantees.py"
            "::test_nothing_is_changed_or_removed_by_any_role"
        ),
    ),
    Saboteur(
        name="the append-only trigger sleeps for a replica",
        file=SQL,
        old=ALWAYS,
        new="",
        test=(
            "tests/infra/test_log_guarantees.py"
            "::test_nor_by_a_superuser_who_plays_a_replica"
        ),
    ),
    Saboteur(
        name="the row that says which kind of log it is can be cleared away",
        file=SQL,
        old=", ENABLE ALWAYS TRIGGER keep_row;",
        new=", DISABLE TRIGGER keep_row;",
        test="tests/infra/test_simulated_log.py::test_nobody_switches_a_log",
    ),
)
RULES = (
    Saboteur(
        name="personal data shows when it is printed",
        file="domain/personal.py",
        old='return "Personal(…)"',
        new="return self._value",
        test="tests/infra/test_event_codec.py::test_personal_data_shows_in_no_text",
    ),
    Saboteur(
        name="names are not masked",
        file="domain/party/masking.py",
        old='return name[:1] + "*" * max(1, len(name) - 1)',
        new="return name",
        test=(
            "tests/domain/party/test_masking.py"
            "::test_nothing_is_ever_shown_whole_to_others"
        ),
    ),
    Saboteur(
        name="anybody may give any command",
        file="infra/deciding.py",
        old="require_permitted(request.context.role, request.command)",
        new="pass",
        test="tests/infra/test_desk.py::test_who_may_not_is_refused_and_the_key_stays_free",
    ),
    Saboteur(
        name="a clerk may rate",
        file="domain/authority.py",
        old="    Role.CLERK: CASE_WORK | {notice.MarkNoticeRead},",
        new="    Role.CLERK: CASE_WORK | {case.RateCase},",
        test="tests/domain/test_authority.py::test_a_clerk_never_rates",
    ),
    Saboteur(
        name="a case may be handed to somebody who is not on its post",
        file=HANDLING,
        old="if not post.is_held_by(command.to):",
        new="if False:",
        test=ORDER,
    ),
    Saboteur(
        name="a first rating is overwritten",
        file=HANDLING,
        old="if case.rating is not None:",
        new="if False:",
        test=ORDER,
    ),
    Saboteur(
        name="a case is decided before it is accepted",
        file=HANDLING,
        old="if case.stage is Stage.OPEN:",
        new="if False:",
        test=ORDER,
    ),
    Saboteur(
        name="an event is stored under another name than before",
        file="infra/stored_names.py",
        old='"office.renamed.v1"',
        new='"office.name_changed.v1"',
        test=(
            "tests/infra/test_golden_corpus.py"
            "::test_a_golden_event_is_read_and_written_again_as_it_was"
        ),
    ),
)
SABOTEURS = DATABASE + RULES
