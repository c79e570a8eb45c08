"""An append is committed but its answer gets lost: the same key again finds it."""

from uuid import UUID

import pytest

from domain.case import commands as c
from domain.case.events import MaterialsReceived
from infra.appending import Append, CommandIsRecorded, OutcomeIsUnknown
from infra.event_log import EventLog, library_environment
from infra.outcome import Status
from infra.services import Services, open_services
from infra.stored_names import NAMES
from tests import examples as x
from tests.infra.cut_line import cut_line
from tests.infra.test_recorder import events, row
from tests.world import World, open_case

A = UUID(int=1)
receive = c.ReceiveMaterials(
    case_id=x.CASE, by=x.ANNA, materials=("M1", "M2"), now=x.MORNING
)


def test_committed_but_not_answered_is_unknown_and_found_under_the_key(
    services: Services,
) -> None:
    save = Append(events=events(A, 1), commands=[row("the-key", 1)])
    with (
        cut_line(services.database.conninfo) as line,
        EventLog(env=library_environment(line.conninfo, 1)) as log,
    ):
        log.log_recorder.append(Append(commands=[row("prepares the statement")]))
        line.cut_at = b"the-key"
        with pytest.raises(OutcomeIsUnknown, match="under the same key"):
            log.log_recorder.append(save)
        with pytest.raises(CommandIsRecorded):
            log.log_recorder.append(save)
        _, outcome = log.log_recorder.stored_outcomes([("a", "the-key")])[
            "a", "the-key"
        ]
    assert outcome == {"positions": [2], "last": 2}
    assert services.log.last_position() == 2


def test_the_door_answers_a_repeated_request_with_the_first_result(
    settled: World,
) -> None:
    settings = settled.services.settings.model_copy(update={"pool_size": 1})
    with (
        cut_line(settled.services.database.conninfo) as line,
        open_services(settings, line.conninfo) as services,
    ):
        window = World(services)
        open_case(window)
        line.cut_at = NAMES[MaterialsReceived].encode()
        with pytest.raises(OutcomeIsUnknown):
            window.do(receive, key="k")
        answer = window.do(receive, key="k")
    (event,) = settled.services.log.stream(x.CASE)[2:]
    assert (answer.status, answer.is_repeated) == (Status.DONE, True)
    assert answer.positions == (event.position,)
