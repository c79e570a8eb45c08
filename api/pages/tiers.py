"""The deadline tiers as screens show them: colour, shape and word (R-402, R-403)."""

from dataclasses import dataclass

from domain.case.tier import DeadlineTier

ILLEGAL = "超法定时限"
UNACCEPTED = "未受理"


@dataclass(frozen=True, slots=True)
class TierShown:
    """``look`` names colour and shape, ``word`` says the same to everybody else."""

    look: str
    word: str


SHOWN = {
    DeadlineTier.GREEN: TierShown("green", "正常"),
    DeadlineTier.YELLOW: TierShown("yellow", "预警"),
    DeadlineTier.RED: TierShown("red", "超期"),
    DeadlineTier.ILLEGAL: TierShown("red", ILLEGAL),
    DeadlineTier.PROVISIONAL: TierShown("pending", "时限待定"),
    DeadlineTier.UNKNOWN: TierShown("pending", "时限待定"),
    DeadlineTier.NONE: TierShown("pending", "无时限"),
}


def is_unaccepted(tier: DeadlineTier | None, *, is_imported: bool) -> bool:
    """Whether no limit runs because nobody has accepted the case yet (R-108)."""
    return tier is DeadlineTier.NONE and not is_imported
