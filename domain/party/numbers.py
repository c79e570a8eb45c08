"""Check digits and birth dates of ID numbers (GB 11643) and USCC (GB 32100), R-810."""

from datetime import date

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ID_LENGTH = USCC_LENGTH = 18


def normalised(number: str) -> str:
    """Upper case without spaces: ``x`` is accepted for ``X`` (R-810)."""
    return number.strip().upper()


def is_id_number(number: str, today: date) -> bool:
    """Whether ``number`` is a possible citizen ID number on ``today`` (R-810)."""
    body, check = number[:-1], number[-1:]
    if len(number) != ID_LENGTH or not (body.isascii() and body.isdigit()):
        return False
    total = sum(int(d) * w for d, w in zip(body, ID_WEIGHTS, strict=True))
    if ID_CHECKS[total % 11] != check:
        return False
    born = _birth_date(body)
    return born is not None and born <= today


def is_uscc(number: str) -> bool:
    """Whether ``number`` is a well-formed unified social credit code (R-810)."""
    if len(number) != USCC_LENGTH or any(c not in USCC_ALPHABET for c in number):
        return False
    values = [USCC_ALPHABET.index(c) for c in number]
    total = sum(v * pow(3, i, 31) for i, v in enumerate(values[:-1]))
    return (31 - total % 31) % 31 == values[-1]


def _birth_date(body: str) -> date | None:
    try:
        return date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    except ValueError:
        return None
