"""The county of a plan: the sample's offices, posts and items, and more of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from consumers.simulation.plan import Plan, PlanIsImpossible, read
from infra.county.settling import demo_accounts, officer_id, post_id, read_sample

FIRST_VILLAGE_NO = 101
MOST_TOWNSHIPS = 12
HOLDERS = ("primary", "backup")
Names = dict[str, tuple[str, ...]]


class Officer(NamedTuple):
    """``account`` is the name with which he signs in."""

    id: UUID
    account: str
    office: str


class Post(NamedTuple):
    id: UUID
    office: str
    name: str
    primary: Officer
    backup: Officer
    terminal: str


class Item(NamedTuple):
    """``promised`` in working days, 0 = done on the spot; materials by code."""

    code: str
    promised: int
    required: tuple[str, ...]
    optional: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Township:
    """``windows`` by name; each agency point is one post of a village."""

    code: str
    windows: dict[str, Post]
    agencies: tuple[Post, ...]

    def window(self, name: str) -> Post:
        """The window of that name, else the one for everything."""
        return self.windows.get(name) or self.windows["综合窗口"]


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """``described`` as ``infra/county/sample.toml`` is: what settling needs."""

    described: dict[str, Any]
    centre: Township
    townships: tuple[Township, ...]
    items: dict[str, Item]


def county_of(plan: Plan) -> County:
    """The same for every seed: only its cases come from the seed."""
    described = _Description(plan).whole()
    posts = _posts(described)
    townships = [
        _township(office["code"], posts)
        for office in described["offices"]
        if office["code"].endswith("000")
    ]
    return County(
        described=described,
        centre=townships[0],
        townships=tuple(townships[1:]),
        items={item["code"]: _item(item) for item in described["items"]},
    )


class _Description:
    """Offices and posts in words, those of the sample first."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._sample, self._more = plan, read_sample(), read("county.toml")
        self._names = invented_names()
        self._towns = self._more["townships"][: plan.townships]
        if plan.townships > MOST_TOWNSHIPS:
            raise PlanIsImpossible(f"at most {MOST_TOWNSHIPS} townships")
        places, sides = self._names["places"], ("", *self._names["sides"])
        self._stems = [side + place for side in sides for place in places]
        self._posts = {(p["office"], p["name"]): p for p in self._sample["posts"]}

    def whole(self) -> dict[str, Any]:
        offices = list(self._offices())
        posts = [post for office in offices for post in self._posts_of(office)]
        items = self._sample["items"] + read("items.toml")["items"]
        return {"offices": offices, "posts": posts, "items": items}

    def _code(self, town: dict[str, Any], village: str = "000") -> str:
        return f"{self._more['prefix']}{town['code']}{village}"

    def _offices(self) -> Iterator[dict[str, str]]:
        known = {office["code"]: office for office in self._sample["offices"]}
        yield known[f"{self._more['prefix']}000000"]
        for town in self._towns:
            code = self._code(town)
            name = f"{town['name']}民生服务中心"
            yield known.get(code) or _office(code, name)
        for place, town in enumerate(self._towns):
            count = len(range(place, self._plan.villages, len(self._towns)))
            yield from self._villages(town, count, known)

    def _villages(
        self, town: dict[str, Any], count: int, known: dict[str, dict[str, str]]
    ) -> Iterator[dict[str, str]]:
        kind, first = ("community", 1) if town["code"] < "100" else ("village", 200)
        stems = self._stems[self._more["townships"].index(town) :: MOST_TOWNSHIPS]
        if count > len(stems):
            raise PlanIsImpossible(f"at most {len(stems)} villages a township")
        for number, stem in zip(range(count), stems, strict=False):
            code = self._code(town, f"{first + number:03d}")
            yield known.get(code) or _office(code, stem + self._more[kind])

    def _posts_of(self, office: dict[str, str]) -> Iterator[dict[str, Any]]:
        code, prefix = office["code"], self._more["prefix"]
        if code == f"{prefix}000000":
            windows = ["综合窗口", *(w["name"] for w in self._more["county_windows"])]
            letter, no = "X", 1
        else:
            town = next(t for t in self._towns if t["code"] == code[6:9])
            windows, letter, no = town["windows"], town["letter"], 1
            if not code.endswith("000"):
                windows = [self._more["agency_post"]]
                no = FIRST_VILLAGE_NO + 2 * (int(code[9:]) % 100)
                no -= 2 * (town["code"] < "100")
        for number, window in enumerate(windows):
            yield self._post(code, window, letter, no + 2 * number)

    def _post(self, office: str, window: str, letter: str, no: int) -> dict[str, Any]:
        known: dict[str, Any] | None = self._posts.get((office, window))
        if known is not None:
            return known
        rng = Random(f"{office}|{window}")  # noqa: S311  the same in every county
        holders = {
            kind: {"no": f"{letter}{no + n:03d}", "name": person_name(rng, self._names)}
            for n, kind in enumerate(HOLDERS)
        }
        return {"office": office, "name": window, **holders}


def person_name(rng: Random, names: Names) -> str:
    """An invented name; nobody in particular."""
    given = names[rng.choice(("women", "men"))]
    return rng.choice(names["surnames"]) + rng.choice(given)


def invented_names() -> Names:
    """Places, surnames, given names, shops and trades to draw from."""
    names = read("county.toml")["names"]
    return {kind: tuple(words.split()) for kind, words in names.items()}


def _office(code: str, name: str) -> dict[str, str]:
    return {"code": code, "name": name, "phone": f"0953-6{code[6:]}"}


def _posts(described: dict[str, Any]) -> dict[str, dict[str, Post]]:
    """Posts by office and name."""
    accounts = {a.officer: a.name for a in demo_accounts() if a.officer}
    posts: dict[str, dict[str, Post]] = {o["code"]: {} for o in described["offices"]}

    def officer(no: str, office: str) -> Officer:
        account = accounts.get(officer_id(no), no.lower())
        return Officer(officer_id(no), account, office)

    for post in described["posts"]:
        office, name = post["office"], post["name"]
        posts[office][name] = Post(
            id=post_id(office, name),
            office=office,
            name=name,
            primary=officer(post["primary"]["no"], office),
            backup=officer(post["backup"]["no"], office),
            terminal=f"{office}-{len(posts[office]) + 1}",
        )
    return posts


def _township(code: str, posts: dict[str, dict[str, Post]]) -> Township:
    villages = [o for o in posts if o[:9] == code[:9] and o != code]
    return Township(
        code=code,
        windows=posts[code],
        agencies=tuple(p for o in villages for p in posts[o].values()),
    )


def _item(item: dict[str, Any]) -> Item:
    materials = [(m["code"], m.get("required", True)) for m in item["materials"]]
    return Item(
        code=item["code"],
        promised=item["promised"],
        required=tuple(code for code, required in materials if required),
        optional=tuple(code for code, required in materials if not required),
    )
