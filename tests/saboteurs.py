"""All saboteurs: damage that `make saboteurs` does to a copy of the code.

Each changes one place of one file so that a promise of the house is broken; the test
it names must then be red. A saboteur that nobody notices is a test that is missing.
"""

from tests.saboteurs_of_log import SABOTEURS as OF_LOG
from tests.saboteurs_of_log import Saboteur
from tests.saboteurs_of_notices import SABOTEURS as OF_NOTICES
from tests.saboteurs_of_recorder import SABOTEURS as OF_RECORDER
from tests.saboteurs_of_sealing import SABOTEURS as OF_SEALING
from tests.saboteurs_of_views import SABOTEURS as OF_VIEWS
from tests.saboteurs_of_window import OF_WINDOW

OF_HOUSE = (
    Saboteur(
        name="an event may be changed after the fact",
        file="domain/office/events.py",
        old="@dataclass(frozen=True, slots=True, kw_only=True)\nclass OfficeRenamed:",
        new="@dataclass(slots=True, kw_only=True)\nclass OfficeRenamed:",
        test="tests/test_architecture.py::test_messages_are_frozen",
    ),
    Saboteur(
        name="an ordinary log takes invented cases",
        file="consumers/simulation/door.py",
        old="    if not services.simulated:\n",
        new="    if services.simulated is None:\n",
        test="tests/consumers/simulation/test_playing.py"
        "::test_an_ordinary_log_takes_no_invented_case",
    ),
)
SABOTEURS = (
    *OF_HOUSE,
    *OF_LOG,
    *OF_NOTICES,
    *OF_RECORDER,
    *OF_SEALING,
    *OF_VIEWS,
    *OF_WINDOW,
)
