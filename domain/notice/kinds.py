"""What a notice is about, and the rule that calls for it."""

from enum import StrEnum

from domain.case.tier import DeadlineTier


class NoticeKind(StrEnum):
    """预警, 超期, 超法定时限 (R-403) and 差评 (R-301)."""

    YELLOW = "yellow"
    RED = "red"
    ILLEGAL = "illegal"
    NEGATIVE_RATING = "negative_rating"


OF_TIER = {
    DeadlineTier.YELLOW: NoticeKind.YELLOW,
    DeadlineTier.RED: NoticeKind.RED,
    DeadlineTier.ILLEGAL: NoticeKind.ILLEGAL,
}
RULE = {
    NoticeKind.YELLOW: "R-403",
    NoticeKind.RED: "R-403",
    NoticeKind.ILLEGAL: "R-403",
    NoticeKind.NEGATIVE_RATING: "R-309",
}
