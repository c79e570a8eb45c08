"""How quickly steps are played: at once, at so many events a second, or living."""

import threading
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol

from infra.clock import set_simulated_clock
from infra.services import Services

CLOSED = timedelta(minutes=30)
"""A longer gap between steps is closed hours, and leapt over."""

LEAD = 2.0
"""Real seconds before the next step at which a leap over closed hours lands."""


class LogIsAhead(RuntimeError):
    """The log has later events, so these could not bear their own time."""


class Pace(Protocol):
    """Sets the log's clock and waits; ``stop`` ends every wait."""

    def begin(self, at: datetime) -> None:
        """Before the first step, which is due at ``at``."""

    def reach(self, at: datetime, events: int) -> bool:
        """Wait for ``at``, ``events`` having been recorded; False: stopped."""

    def end(self, *, stopped: bool) -> None:
        """After the last step."""


class Steady:
    """The clock rests at each step's own instant, so that it is recorded as of then.

    ``per_second``: events in a second of real time; None = as many as can be.
    """

    def __init__(
        self, services: Services, stop: threading.Event, per_second: float | None
    ) -> None:
        self._services, self._stop, self._per_second = services, stop, per_second
        self._began = monotonic()

    def begin(self, at: datetime) -> None:
        last = last_recorded_at(self._services)
        if last is not None and last > at:
            raise LogIsAhead(f"the log has reached {last}, the first step is of {at}")
        self._began = monotonic()

    def reach(self, at: datetime, events: int) -> bool:
        if self._per_second is not None:
            due = self._began + events / self._per_second
            self._stop.wait(max(0.0, due - monotonic()))
        if self._stop.is_set():
            return False
        set_simulated_clock(self._services.database, at, 0)
        return True

    def end(self, *, stopped: bool) -> None:
        """The clock rests where it was set."""


class Living:
    """The clock runs ``speed`` seconds a second, and leaps over closed hours."""

    def __init__(self, services: Services, stop: threading.Event, speed: float) -> None:
        self._services, self._stop, self._speed = services, stop, speed
        self._lead = timedelta(seconds=LEAD * speed)

    def begin(self, at: datetime) -> None:
        """The clock may have run on while nobody played: it is taken back to work."""
        last = last_recorded_at(self._services)
        start = at - self._lead
        self._set(start if last is None else max(start, last))

    def reach(self, at: datetime, events: int) -> bool:
        del events
        gap = at - self._now()
        if gap > max(CLOSED, self._lead):
            self._set(at - self._lead)
        while not self._stop.is_set():
            gap = at - self._now()
            if gap <= timedelta():
                return True
            self._stop.wait(gap.total_seconds() / self._speed)
        return False

    def end(self, *, stopped: bool) -> None:
        """Stopped, the clock rests until it is played on; else it runs as ours do."""
        rate = 0.0 if stopped else 1.0
        set_simulated_clock(self._services.database, self._services.clock(), rate)

    def _set(self, instant: datetime) -> None:
        set_simulated_clock(self._services.database, instant, self._speed)
        self._instant, self._set_at = instant, monotonic()

    def _now(self) -> datetime:
        """The log's clock, reckoned here: no question to the database."""
        passed = (monotonic() - self._set_at) * self._speed
        return self._instant + timedelta(seconds=passed)


def last_recorded_at(services: Services) -> datetime | None:
    """When the log's last event was recorded (UTC); None in an empty log."""
    last = services.log.last_position()
    events = services.log.after(last - 1, 1) if last else []
    return events[0].recorded_at if events else None
