"""What an account may see and change: its office's scope, and below (R-903, R-904)."""

from uuid import UUID

from api.faults import OfficeIsOutOfScope
from api.references import CASE, events_of
from domain.case.refusals import CaseNotFound
from domain.case.state import fold
from domain.office.codes import DivisionCode, Tier
from infra.accounts import Account
from infra.services import Services


def covers(account: Account, office_code: str) -> bool:
    return DivisionCode(account.office_code).covers(DivisionCode(office_code))


def require_office(account: Account, office_code: str) -> None:
    """Raises ``OfficeIsOutOfScope``; ``DivisionCodeIsMalformed`` for no code at all."""
    if not covers(account, office_code):
        raise OfficeIsOutOfScope(office=office_code, own=account.office_code)


def require_county(account: Account) -> None:
    """Items, calendar and policy hold for the whole county: its own office's to set."""
    if DivisionCode(account.office_code).tier is not Tier.COUNTY:
        raise OfficeIsOutOfScope(own=account.office_code)


def require_case(
    services: Services, account: Account, case_id: UUID, key: str | None = None
) -> None:
    """Raises ``CaseNotFound`` for a case outside the scope, as for none at all.

    Not where the account has an answer under ``key`` already: whoever moved the
    case out of his own scope may still ask what came of it.
    """
    case = fold(r.event for r in events_of(services.log, case_id, CASE))
    if covers(account, case.office_code):
        return
    asked = [(account.name, key)] if key else []
    if not asked or not services.log.log_recorder.stored_outcomes(asked):
        raise CaseNotFound
