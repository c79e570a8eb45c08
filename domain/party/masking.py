"""How much of a personal field a reader sees (R-811); of an erased one, that it is."""

from enum import StrEnum
from typing import assert_never

from domain.personal import ERASED_TEXT


class MaskingLevel(StrEnum):
    """PUBLIC for halls and citizens, STAFF_LIST for lists, HANDLER unmasked."""

    PUBLIC = "public"
    STAFF_LIST = "staff_list"
    HANDLER = "handler"


def masked_name(name: str, level: MaskingLevel) -> str:
    if name == ERASED_TEXT:
        return name
    match level:
        case MaskingLevel.PUBLIC | MaskingLevel.STAFF_LIST:
            return name[:1] + "*" * max(1, len(name) - 1)
        case MaskingLevel.HANDLER:
            return name
        case _:
            assert_never(level)


def masked_number(number: str, level: MaskingLevel) -> str:
    if number == ERASED_TEXT:
        return number
    match level:
        case MaskingLevel.PUBLIC:
            return _keep(number, 1, 1)
        case MaskingLevel.STAFF_LIST:
            return _keep(number, 3, 4)
        case MaskingLevel.HANDLER:
            return number
        case _:
            assert_never(level)


def masked_phone(phone: str, level: MaskingLevel) -> str:
    if phone == ERASED_TEXT:
        return phone
    match level:
        case MaskingLevel.PUBLIC | MaskingLevel.STAFF_LIST:
            return _keep(phone, 3, 4)
        case MaskingLevel.HANDLER:
            return phone
        case _:
            assert_never(level)


def _keep(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]
