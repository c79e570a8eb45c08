"""The design page: tokens and components in one place, for whoever builds a page."""

import json
import re
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from api.pages.language import N_
from api.pages.rendering import STATIC, page
from api.pages.routes import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
TOKEN = re.compile(r"^\s*--([a-z0-9-]+):\s*([^;]+);", re.MULTILINE)
VENDORED = STATIC / "vendor" / "vendor.json"
PAIRS = (
    ("ink", "paper"),
    ("dim", "paper"),
    ("dim", "ground"),
    ("act", "paper"),
    ("red", "red-ground"),
    ("yellow", "yellow-ground"),
    ("green", "green-ground"),
    ("dim", "grey-ground"),
)
LOOKS = {
    "green": N_("正常"),
    "yellow": N_("预警"),
    "red": N_("超期"),
    "pending": N_("时限待定"),
    "finished": N_("办结"),
}
LINEAR, GAMMA = 0.04045, 2.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Text on a ground; ``contrast`` by WCAG 2, from 1 to 21."""

    text: str
    ground: str
    contrast: float


@router.get("/design")
def show_design(request: Request) -> Response:
    """Every token and component as it is; open to all, for it holds no data."""
    light, wall = tokens()
    content = {
        "swatches_light": _colours(light),
        "swatches_wall": _colours(wall),
        "pairs": [pair(text, ground, light) for text, ground in PAIRS],
        "spaces": [name for name in light if name.startswith("space")],
        "sizes": [name for name in light if name.startswith("text")],
        "looks": LOOKS,
        "vendored": vendored(),
    }
    return page(request, "design.html", content=content)


def tokens() -> tuple[dict[str, str], dict[str, str]]:
    """Names and values of the light theme, and of the wall's own."""
    text = (STATIC / "tokens.css").read_text(encoding="utf-8")
    light, _, wall = text.partition(".wall {")
    return dict(TOKEN.findall(light)), dict(TOKEN.findall(wall))


def pair(text: str, ground: str, values: dict[str, str]) -> Pair:
    lights = sorted(_luminance(values[name]) + 0.05 for name in (text, ground))
    return Pair(text=text, ground=ground, contrast=round(lights[1] / lights[0], 1))


def vendored() -> list[dict[str, Any]]:
    """What is served but was written elsewhere."""
    if not VENDORED.exists():
        return []
    files: list[dict[str, Any]] = json.loads(VENDORED.read_text(encoding="utf-8"))
    return files


def _colours(values: dict[str, str]) -> list[str]:
    return [name for name, value in values.items() if value.startswith("#")]


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == len("fff"):
        digits = "".join(2 * digit for digit in digits)
    channels = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (
        c / 12.92 if c <= LINEAR else ((c + 0.055) / 1.055) ** GAMMA for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
