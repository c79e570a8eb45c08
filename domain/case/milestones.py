"""Which events count as which milestone: live steps and source steps alike."""

from enum import StrEnum

from domain.case import events as e
from domain.case.source_steps import SourceStep


class Milestone(StrEnum):
    RECEIVED = "received"
    NOTIFIED = "notified"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    DELIVERED = "delivered"
    ENDED = "ended"
    RATED = "rated"
    WITHDRAWN = "withdrawn"


OF_SOURCE = {
    SourceStep.NOTIFIED_ONCE: Milestone.NOTIFIED,
    SourceStep.ACCEPTED: Milestone.ACCEPTED,
    SourceStep.ACCEPTANCE_REFUSED: Milestone.ENDED,
    SourceStep.DECIDED: Milestone.DECIDED,
    SourceStep.DELIVERED: Milestone.DELIVERED,
    SourceStep.RATED: Milestone.RATED,
    SourceStep.WITHDRAWN: Milestone.WITHDRAWN,
    SourceStep.COMPLETED: Milestone.ENDED,
}
OF_LIVE: dict[type, Milestone] = {
    e.CaseOpened: Milestone.RECEIVED,
    e.SourceCaseRecorded: Milestone.RECEIVED,
    e.OneTimeNoticeGiven: Milestone.NOTIFIED,
    e.CaseAccepted: Milestone.ACCEPTED,
    e.CaseDecided: Milestone.DECIDED,
    e.ResultDelivered: Milestone.DELIVERED,
    e.AcceptanceRefused: Milestone.ENDED,
    e.SourceCaseEnded: Milestone.ENDED,
    e.CaseRated: Milestone.RATED,
    e.CaseWithdrawn: Milestone.WITHDRAWN,
}


def milestone(event: object) -> Milestone | None:
    """The milestone ``event`` is, or None. A neutral source step is none."""
    if isinstance(event, e.SourceStepRecorded):
        return OF_SOURCE.get(SourceStep(event.step)) if event.step else None
    return OF_LIVE.get(type(event))
