"""Damage to notices that a named test must notice: once, and never on a guess."""

from tests.saboteurs_of_log import Saboteur

ONCE = "tests/consumers/test_notices_once.py"
SENDING = "tests/domain/notice/test_sending_notices.py"

SABOTEURS = (
    Saboteur(
        name="nobody looks whether the notice's stream has it already",
        file="infra/subjects/notices.py",
        old="reader.state(notice_id, notice_state.fold)",
        new="notice_state.fold(())",
        test=f"{ONCE}::test_whatever_key_is_used_a_notice_is_sent_once",
    ),
    Saboteur(
        name="the date a notice rests on is no part of its name",
        file="infra/subjects/notices.py",
        old='told = found.due_on.isoformat() if found.due_on else ""',
        new='told = ""',
        test=(
            "tests/consumers/test_notices.py::test_a_calendar_revision_moves_the_instants"
        ),
    ),
    Saboteur(
        name="a finished case is still warned of",
        file="domain/notice/occasions.py",
        old="if case.is_finished:",
        new="if not case.exists:",
        test=f"{SENDING}::test_a_finished_case_tells_nobody",
    ),
    Saboteur(
        name="a provisional date has an instant of red",
        file="domain/notice/turning.py",
        old="if due is None or due.on is None or due.provisional:",
        new="if due is None or due.on is None:",
        test=f"{SENDING}::test_no_date_or_no_certain_one_has_no_red_instant",
    ),
)
