"""The fields of forms: what they ask, what they propose, and what was typed instead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from api.pages.language import N_
from api.pages.window_access import Sent

MISSING, UNFIT = N_("请填写"), N_("内容过长、格式不对或含有不可见字符")
UNFIT_OF = {"phone": N_("电话只能含数字、空格、+、-、( )，5 至 20 个字符")}
# Which fields a refusal is about, by its code.
REFUSED_AT: Mapping[str, Sequence[str]] = {
    "competent-organ-is-missing": ("competent_organ",),
    "document-is-missing": ("document_no", "seal"),
    "id-number-is-invalid": ("number",),
    "item-not-found": ("item_code",),
    "material-is-not-on-list": ("materials",),
    "party-name-is-missing": ("name",),
    "reason-is-missing": ("reason",),
    "reasons-and-remedies-are-missing": ("reasons", "remedies"),
    "refusal-reason-is-missing": ("reason",),
    "transfer-leaves-the-line": ("to_post",),
}


class Reason(Protocol):
    """A refusal of the domain or a fault of HTTP."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...


class Look(StrEnum):
    LINE = "line"
    TEXT = "text"
    SELECT = "select"
    RADIO = "radio"
    CHECKS = "checks"


@dataclass(frozen=True, slots=True)
class Choice:
    """``is_data``: a name out of the log, which no catalogue translates."""

    value: str
    word: str
    is_data: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """``values`` as proposed or as typed; ``error`` says what is wrong with them."""

    name: str
    word: str
    look: Look = Look.LINE
    values: Sequence[str] = ()
    choices: Sequence[Choice] = ()
    hint: str = ""
    most: int = 1000
    is_required: bool = True
    is_private: bool = False
    error: str = ""

    @property
    def value(self) -> str:
        return next(iter(self.values), "")


def as_typed(
    fields: Sequence[Field], sent: Sent, errors: Mapping[str, str]
) -> Sequence[Field]:
    """The fields again, with what was sent in place of what was proposed."""
    return [
        replace(
            field,
            values=sent.many(field.name),
            error=errors.get(field.name, ""),
        )
        for field in fields
    ]


def plain(body: type[BaseModel], sent: Sent) -> dict[str, Any]:
    """What the body's fields are given; nothing where nothing was typed."""
    return dict(_told(body, sent))


def _told(body: type[BaseModel], sent: Sent) -> Iterator[tuple[str, Any]]:
    for name in body.model_fields:
        if name == "materials":
            if sent.many(name):
                yield name, sent.many(name)
        elif sent.one(name).strip():
            yield name, sent.one(name)


def errors_of(error: ValidationError) -> dict[str, str]:
    """A sentence for each field that does not fit, without what was typed there."""
    return {
        name: MISSING if each["type"] == "missing" else UNFIT_OF.get(name, UNFIT)
        for each in error.errors(include_input=False, include_context=False)
        for name in map(str, each["loc"][:1])
    }


def refused_at(refusal: Reason, sent: Sent) -> dict[str, str]:
    """The fields that a refusal is about: what is empty of them, else what is wrong."""
    names = REFUSED_AT.get(refusal.code, ())
    empty = [name for name in names if not sent.one(name).strip()]
    return dict.fromkeys(empty, MISSING) or dict.fromkeys(names, refusal.title)
