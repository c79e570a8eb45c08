"""Which steps a case may lawfully take next, named as the API's addresses are."""

from domain.case.state import Case, Stage
from domain.catalogue.state import ItemVersion
from domain.office.codes import DivisionCode, Tier


def next_steps(case: Case, item: ItemVersion | None) -> tuple[str, ...]:
    """Steps that no rule about the case itself refuses now; who may, is another rule.

    None for a case out of a foreign log: it is history.
    """
    if case.is_imported:
        return ()
    rating = ("rating",) if case.rating is None else ()
    match case.stage:
        case Stage.OPEN:
            return _before_acceptance(case, item)
        case Stage.ACCEPTED:
            return ("handovers", "transfers", "decision", "withdrawal")
        case Stage.DECIDED:
            return ("delivery", *rating)
        case Stage.DELIVERED | Stage.ACCEPTANCE_REFUSED:
            return rating
        case Stage.WITHDRAWN | Stage.SOURCE_ENDED:
            return ()


def missing_materials(case: Case, item: ItemVersion | None) -> tuple[str, ...]:
    """Codes of required materials not yet received, in order."""
    return tuple(sorted(item.required_codes - case.materials)) if item else ()


def _before_acceptance(case: Case, item: ItemVersion | None) -> tuple[str, ...]:
    is_organ = DivisionCode(case.office_code).tier is not Tier.VILLAGE
    is_complete = not missing_materials(case, item)
    return (
        *(() if case.notified else ("notice",)),
        "materials",
        *(("acceptance",) if is_organ and is_complete else ()),
        *(("acceptance-refusal",) if is_organ else ()),
        "handovers",
        "transfers",
        "withdrawal",
    )
