"""Frozen dataclasses made in a fraction of the time, and as frozen as before.

A frozen dataclass sets each field by a call past its own refusal, which takes ten
times as long as the assignment itself. Here the object is, while its fields are
filled in, of a twin class without that refusal.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

T = TypeVar("T")


def quicken(*kinds: type) -> None:
    """Give ``kinds`` quick constructors, that take and refuse what theirs did.

    Left alone are those that check or make something while they are made, those
    that are not frozen, and those that inherit or are inherited or have no slots.
    """
    for kind in kinds:
        if _is_plain(kind):
            constructor = _constructor(kind)
            constructor.__annotations__ = kind.__init__.__annotations__  # type: ignore[misc]
            constructor.__qualname__ = f"{kind.__qualname__}.__init__"
            constructor.__module__ = kind.__module__
            kind.__init__ = constructor  # type: ignore[misc]


def replacing(kind: type[T]) -> Callable[..., T]:
    """``dataclasses.replace`` for one ``kind`` that ``quicken`` does not leave alone.

    Raises ``AttributeError`` for a field that it does not have.
    """
    names = _names(kind)
    known = _known(kind)
    body = [
        "def replace(fact, **changes):",
        "    made = new(Twin)",
        *(f"    made.{name} = fact.{name}" for name in names),
        "    for name, value in changes.items():",
        "        setattr(made, name, value)",
        "    made.__class__ = Kind",
        "    return made",
    ]
    exec("\n".join(body), known)  # noqa: S102  as dataclasses themselves are made
    made: Callable[..., T] = known["replace"]
    return made


def _is_plain(kind: Any) -> bool:  # noqa: ANN401  a class and what a dataclass adds
    own = fields(kind)
    return (
        kind.__dataclass_params__.frozen
        and kind.__bases__ == (object,)
        and not kind.__subclasses__()
        and tuple(f.name for f in own) == vars(kind).get("__slots__")
        and len(own) > 0
        and not hasattr(kind, "__post_init__")
        and all(f.init and f.default_factory is MISSING for f in own)
    )


def _constructor(kind: type) -> Callable[..., None]:
    names, known = _names(kind), _known(kind)
    body = [
        f"def __init__({', '.join(_parameters(kind, known))}):",
        '    become(self, "__class__", Twin)',
        *(f"    self.{name} = {name}" for name in names),
        "    self.__class__ = Kind",
    ]
    exec("\n".join(body), known)  # noqa: S102  as dataclasses themselves are made
    made: Callable[..., None] = known["__init__"]
    return made


def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(field.name for field in fields(kind))


def _known(kind: type) -> dict[str, Any]:
    """What the functions made here may speak of; the twin has the same slots."""
    twin = type(kind.__name__, (), {"__slots__": _names(kind)})
    become, new = object.__setattr__, object.__new__
    return {"become": become, "new": new, "Twin": twin, "Kind": kind}


def _parameters(kind: Any, known: dict[str, Any]) -> list[str]:  # noqa: ANN401
    by_place: list[str] = []
    by_name: list[str] = []
    for field in fields(kind):
        (by_name if field.kw_only else by_place).append(_parameter(field, known))
    return ["self", *by_place, *(["*", *by_name] if by_name else [])]


def _parameter(field: Field[Any], known: dict[str, Any]) -> str:
    if field.default is MISSING:
        return field.name
    known[f"default_{field.name}"] = field.default
    return f"{field.name}=default_{field.name}"
