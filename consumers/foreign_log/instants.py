"""Times as foreign logs write them, as aware UTC instants."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

ISO_8601 = "iso8601"
EPOCHS = {"epoch_s": 1_000_000, "epoch_ms": 1_000}

ReadInstant = Callable[[str], datetime]


class TimeUnreadable(Exception):
    """None of the declared formats fits, or it has no offset and no zone is given."""


def instant_reader(formats: tuple[str, ...], timezone: ZoneInfo | None) -> ReadInstant:
    """A function from text to UTC, trying ``formats`` in order.

    A local time that a clock showed twice is the first one (PEP 495, fold 0).
    Case columns repeat on each row, hence the cache.
    """

    @lru_cache(maxsize=4096)
    def read(text: str) -> datetime:
        for form in formats:
            try:
                at = _parse(text.strip(), form)
                if at.tzinfo is None:
                    at = at.replace(tzinfo=timezone)
                if at.tzinfo is not None:
                    return at.astimezone(UTC)
            except (ValueError, ArithmeticError):
                continue  # the next format may fit
        raise TimeUnreadable

    return read


def to_micros(at: datetime) -> int:
    """Microseconds since 1970, exactly: what staging sorts by."""
    return (at - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


def _parse(text: str, form: str) -> datetime:
    if form == ISO_8601:
        return datetime.fromisoformat(text)
    if form in EPOCHS:
        return from_micros(int(Decimal(text) * EPOCHS[form]))
    # Naive only where the format has no %z; the caller adds the declared zone.
    return datetime.strptime(text, form)  # noqa: DTZ007
