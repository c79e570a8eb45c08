"""TOML tables read key by key, so that an error names the file, key and reason."""

from collections.abc import Iterator
from pathlib import Path

Toml = dict[str, object]


class MappingIsWrong(Exception):
    """A mapping file that cannot be used: which file, which key, and why."""

    def __init__(self, file: Path, key: str, reason: str) -> None:
        super().__init__(f"{file}：{key}：{reason}")
        self.file, self.key, self.reason = file, key, reason


class Section:
    """One TOML table. Keys nobody asked for are refused by :meth:`finish`."""

    def __init__(self, file: Path, name: str, values: Toml) -> None:
        self._file, self._name, self._values = file, name, values
        self._asked: set[str] = set()

    def wrong(self, key: str, reason: str) -> MappingIsWrong:
        name = f"{self._name}.{key}" if self._name else key
        return MappingIsWrong(self._file, name, reason)

    def has(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def optional(self, key: str) -> str | None:
        value = self._take(key)
        if value is None or (isinstance(value, str) and value):
            return value
        raise self.wrong(key, "应为非空字符串")

    def text(self, key: str) -> str:
        value = self.optional(key)
        if value is None:
            raise self.wrong(key, "缺少此项")
        return value

    def any_text(self, key: str, default: str) -> str:
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.wrong(key, "应为字符串")
        return value

    def number(self, key: str, default: int) -> int:
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.wrong(key, "应为非负整数")
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of strings; one bare string is a list of one."""
        value = self._take(key)
        if value is None:
            return default
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list):
            raise self.wrong(key, "应为字符串列表")
        texts = tuple(item for item in items if isinstance(item, str))
        if len(texts) != len(items):
            raise self.wrong(key, "列表中只能有字符串")
        return texts

    def section(self, key: str) -> "Section":
        """The table under ``key``; an absent one is empty."""
        value = self._take(key)
        return self._table(key, {} if value is None else value)

    def sections(self, key: str) -> list["Section"]:
        """The tables under ``key``: ``[[key]]``, or one ``[key]``."""
        value = self._take(key)
        if isinstance(value, list):
            return [self._table(f"{key}[{n}]", v) for n, v in enumerate(value, 1)]
        return [self._table(key, {} if value is None else value)]

    def finish(self) -> None:
        for key in self._values:
            if key not in self._asked:
                raise self.wrong(key, "不认识的键")

    def _take(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)

    def _table(self, key: str, value: object) -> "Section":
        if not isinstance(value, dict):
            raise self.wrong(key, "应为表")
        name = f"{self._name}.{key}" if self._name else key
        return Section(self._file, name, value)
