"""All saboteurs: damage that `make saboteurs` does to a copy of the code.

Each changes one place of one file so that a promise of the house is broken; the test
it names must then be red. A saboteur that nobody notices is a test that is missing.
"""

from tests.saboteurs_of_log import SABOTEURS as OF_LOG
from tests.saboteurs_of_log import Saboteur

OF_HOUSE = (
    Saboteur(
        name="an event may be changed after the fact",
        file="domain/office/events.py",
        old="@dataclass(frozen=True, slots=True, kw_only=True)\nclass OfficeRenamed:",
        new="@dataclass(slots=True, kw_only=True)\nclass OfficeRenamed:",
        test="tests/test_architecture.py::test_messages_are_frozen",
    ),
)
SABOTEURS = (*OF_HOUSE, *OF_LOG)
