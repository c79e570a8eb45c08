"""Who is told of what: the routing table, by kind and by the tier that handles.

DESIGN: the seed names no recipients. Another table is another version, and every
notice says under which one it was sent.
"""

from domain.notice.kinds import NoticeKind
from domain.office.codes import DivisionCode, Tier

ROUTING_VERSION = 1
COUNTY, TOWNSHIP, VILLAGE = Tier.COUNTY, Tier.TOWNSHIP, Tier.VILLAGE
YELLOW, RED = NoticeKind.YELLOW, NoticeKind.RED
ILLEGAL, NEGATIVE = NoticeKind.ILLEGAL, NoticeKind.NEGATIVE_RATING

# Who handles is told first (谁办理、谁负责); of deadlines also the village point that
# took the case in, of what is overdue everybody above in the line as well. A tier that
# has nothing to do with the case is passed over.
ROUTING: dict[tuple[NoticeKind, Tier], tuple[Tier, ...]] = {
    (YELLOW, VILLAGE): (VILLAGE,),
    (YELLOW, TOWNSHIP): (TOWNSHIP, VILLAGE),
    (YELLOW, COUNTY): (COUNTY, VILLAGE),
    (RED, VILLAGE): (VILLAGE, TOWNSHIP, COUNTY),
    (RED, TOWNSHIP): (TOWNSHIP, COUNTY, VILLAGE),
    (RED, COUNTY): (COUNTY, VILLAGE),
    (ILLEGAL, VILLAGE): (VILLAGE, TOWNSHIP, COUNTY),
    (ILLEGAL, TOWNSHIP): (TOWNSHIP, COUNTY, VILLAGE),
    (ILLEGAL, COUNTY): (COUNTY, VILLAGE),
    (NEGATIVE, VILLAGE): (VILLAGE,),
    (NEGATIVE, TOWNSHIP): (TOWNSHIP,),
    (NEGATIVE, COUNTY): (COUNTY,),
}


def recipients(
    kind: NoticeKind, handling_office: str, opened_at: str
) -> tuple[str, ...]:
    """Codes of the offices to be told, the handling one first.

    ``opened_at`` is the office that took the case in (R-117).
    """
    handling, opening = DivisionCode(handling_office), DivisionCode(opened_at)
    line = {} if opening.tier is not VILLAGE else {VILLAGE: opening.digits}
    code: DivisionCode | None = handling
    while code is not None:
        line[code.tier] = code.digits
        code = code.parent
    return tuple(line[told] for told in ROUTING[kind, handling.tier] if told in line)
