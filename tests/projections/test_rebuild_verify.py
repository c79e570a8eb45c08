"""`views verify`: a replay and the running view are the same, or it is told."""

import os
import subprocess
import sys

import psycopg
import pytest

from infra.services import Services
from projections.all_views import ALL
from projections.place import NEXT
from projections.verify import ViewIsNotThere, verify
from tests import examples as x
from tests.projections.keeping import differing
from tests.projections.shown import Shown
from tests.projections.test_rebuild import tables_in


@pytest.fixture
def told(shown: Shown) -> Shown:
    """A case from its opening to the decision, in views that have caught up."""
    shown.publish(2026)
    shown.warn_by(20, 2)
    shown.tell(x.MORNING, *x.done)
    shown.runner.catch_up()
    return shown


def change(parts: Services, statement: str) -> None:
    """What no projector would do."""
    with psycopg.connect(parts.database.conninfo) as connection:
        assert connection.execute(statement.encode()).rowcount == 1


def banjian(parts: Services, *arguments: str) -> subprocess.CompletedProcess[str]:
    given = {
        "BANJIAN_DATABASE_URL": parts.database.conninfo,
        "BANJIAN_HOME": str(parts.settings.home),
    }
    command = [sys.executable, "-m", "infra.main", "views", *arguments]
    return subprocess.run(
        command, env=os.environ | given, capture_output=True, text=True, check=False
    )


def test_views_are_what_their_events_make_of_them(told: Shown) -> None:
    assert differing(told.services) == []
    assert tables_in(told.services, NEXT) == {"registry"}


NOBODY = "INSERT INTO views.officers_v1 VALUES (gen_random_uuid(), '', 'n', '1', true)"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE views.deadlines_v1 SET stage = 'open'", "deadlines"),
        ("DELETE FROM views.tracking_v1 WHERE version = 2", "tracking"),
        (NOBODY, "officers"),
    ],
)
def test_a_view_that_was_tampered_with_is_found(
    told: Shown, statement: str, name: str
) -> None:
    change(told.services, statement)
    assert differing(told.services) == [name]


def test_it_compares_at_the_position_where_the_view_stands(told: Shown) -> None:
    told.tell(x.NOON, x.delivered)
    verdicts = verify(told.services.log, told.services.database, ALL)
    assert all(each.is_equal for each in verdicts)
    last = told.services.log.last_position()
    assert {each.position for each in verdicts} == {last - 1}


def test_a_view_that_was_never_begun_is_not_compared(shown: Shown) -> None:
    with pytest.raises(ViewIsNotThere):
        verify(shown.services.log, shown.services.database, ALL)


def test_the_commands_say_what_they_found(told: Shown) -> None:
    change(told.services, "UPDATE views.paths_v1 SET office_code = '1'")
    found = banjian(told.services, "verify", "--all")
    assert found.returncode == 1
    assert "paths: NOT as its events make it" in found.stdout
    made = banjian(told.services, "rebuild", "paths", "--drop-old")
    assert (made.returncode, "paths: dropped" in made.stdout) == (0, True)
    assert banjian(told.services, "verify", "paths").returncode == 0
    assert banjian(told.services, "verify", "nothing").returncode != 0
    assert "paths_v1  running" in banjian(told.services, "status").stdout
