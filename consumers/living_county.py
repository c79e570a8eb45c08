"""A simulated county as the demonstration shows it: a history, then its life."""

import threading

from consumers.simulation.door import Played, play
from consumers.simulation.living import moment_after, split
from consumers.simulation.plan import Plan
from consumers.simulation.steps import steps
from infra import bulk
from infra.clock import set_simulated_clock
from infra.services import Services


class LivingCounty:
    """``history`` cases lie behind it when it begins to live, at ten on a workday."""

    def __init__(self, services: Services, plan: Plan, history: int) -> None:
        self._services, self._plan = services, plan
        self.begins_at = moment_after(plan, history)

    def write_history(self) -> None:
        """Write what happened before; nothing where it is written already."""
        if self._services.clock() >= self.begins_at:
            return
        told = steps(self._plan, self._services.keys.digest)
        before, _ = split(told, self.begins_at)
        bulk.write(self._services, before)
        set_simulated_clock(self._services.database, self.begins_at, 0)

    def live(self, speed: float, stop: threading.Event) -> Played:
        """Play what follows, ``speed`` seconds of the log in a second, until told."""
        told = steps(self._plan, self._services.keys.digest)
        _, after = split(told, self.begins_at)
        return play(self._services, after, speed=speed, stop=stop)
