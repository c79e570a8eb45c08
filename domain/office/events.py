"""Facts about an office. Names and fields are a storage format: add, never rename."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRegistered:
    code: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRenamed:
    name: str


OfficeEvent = OfficeRegistered | OfficeRenamed
