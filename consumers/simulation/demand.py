"""What people come for and where they go: item, channel and window."""

from bisect import bisect_right
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from consumers.simulation.county import County, Item, Post, Township
from domain.case.commands import Channel
from domain.party.commands import PartyKind

PERCENT = 100


class Visit(NamedTuple):
    """``post`` is where it begins; ``above`` the window that accepts, if another."""

    item: Item
    kind: PartyKind
    channel: Channel
    post: Post
    above: Post | None


class Demand:
    """Draws visits as ``items.toml`` and the channels' shares say."""

    def __init__(
        self,
        county: County,
        rng: Random,
        demand: list[dict[str, Any]],
        channels: dict[str, int],
    ) -> None:
        self._county, self._rng, self._demand = county, rng, demand
        self._items = list(accumulate(d["share"] for d in demand))
        self._channels = [Channel(name) for name in channels]
        self._shares = list(accumulate(channels.values()))
        towns = county.townships
        self._busy = list(accumulate(1 + len(t.windows) for t in towns))

    def visit(self) -> Visit:
        wish = self._demand[self._draw(self._items)]
        channel = self._channels[self._draw(self._shares)]
        item = self._county.items[wish["item"]]
        kind = PartyKind(wish.get("applicant", PartyKind.PERSON))
        town = self._township(wish)
        is_agency = channel is Channel.AGENCY
        if town and wish.get("village") and is_agency and town.agencies:
            post = self._rng.choice(town.agencies)
            return Visit(item, kind, channel, post, town.window(wish["township"]))
        if is_agency:
            channel = Channel.WINDOW
        if town:
            return Visit(item, kind, channel, town.window(wish["township"]), None)
        centre = self._county.centre.window(wish["window"])
        return Visit(item, kind, channel, centre, None)

    def _township(self, wish: dict[str, Any]) -> Township | None:
        """None: at the county centre."""
        at_county = self._rng.random() * PERCENT < wish.get("county_share", PERCENT)
        if "township" not in wish or at_county:
            return None
        return self._county.townships[self._draw(self._busy)]

    def _draw(self, upto: list[int]) -> int:
        return bisect_right(upto, self._rng.random() * upto[-1])
