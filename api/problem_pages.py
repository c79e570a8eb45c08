"""What each code means: the addresses that ``type`` of a problem points to."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.contract import problems
from api.faults import NoSuchProblem
from api.problems import Reason, reasons, status_of

router = APIRouter(prefix="/problems", tags=["service"])


class ProblemShown(BaseModel):
    """A reason to refuse: the fact, its rule, and what to do next."""

    code: str
    status: int
    rule: str
    title: str
    remedy: str


@router.get("", responses=problems(405))
def list_problems() -> list[ProblemShown]:
    """Every code this program may answer with."""
    return [_shown(reason) for reason in reasons().values()]


@router.get("/{code}", responses=problems(404, 405, 422))
def read_problem(code: str) -> ProblemShown:
    """One code."""
    reason = reasons().get(code)
    if reason is None:
        raise NoSuchProblem
    return _shown(reason)


def _shown(reason: Reason) -> ProblemShown:
    return ProblemShown(
        code=reason.code,
        status=status_of(reason),
        rule=reason.rule,
        title=reason.title,
        remedy=reason.remedy,
    )
