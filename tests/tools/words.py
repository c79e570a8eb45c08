"""Keep the catalogue of English words: what pages say, and what is not translated.

``make words`` adds to the catalogue what is new and removes what is gone; it prints
what has no translation yet.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from api.pages import tiers, wording
from api.pages.language import CATALOGUES
from api.problems import reasons
from domain.rating import options
from infra.county.settling import demo_accounts

ROOT = Path(__file__).parents[2]
ENGLISH = CATALOGUES / "en.po"
METHODS = [("pages/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS: dict[str, None] = {"_": None, "N_": None}
HEAD = """\
# What pages say in English. Kept by `make words`; translations are written here.
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

"""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What other rooms put together: numbers stand as braces (api.pages.language).
SENTENCES = (
    "无时限",
    "到期日待定",
    "暂定到期日已过",
    "今日到期",
    "今日到期（暂定）",
    "余 {} 个工作日",
    "余 {} 个工作日（暂定）",
    "余不足 {} 个工作日",
    "余不足 {} 个工作日（暂定）",
    "{}-{}-{} 到期",
    "{}-{}-{} 到期（暂定）",
    "超 {} 个工作日",
    "超期不足 {} 个工作日",
    "已超期",
    "当日办结",
    "缺 {} 年放假安排，到期日不能确定",
    "{} 年放假安排尚未载入，年末到期日为暂定",
    "自 {}-{}-{} 次日起算 {} 个工作日",
    "自 {}-{}-{} 次日起算 {} 日",
    "自 {}-{}-{} 次日起算 {} 日，末日 {}-{}-{} 为休息日，顺延至 {}-{}-{}",
    "余 {} 天",
    "余 {} 天 {} 小时",
    "超 {} 天",
    "超 {} 天 {} 小时",
    "余 {} 小时",
    "超 {} 小时",
    "余 {} 分钟",
    "超 {} 分钟",
    "余不足 {} 分钟",
    "超期不足 {} 分钟",
)


def words() -> set[str]:
    """Everything in Chinese that a page may look up in the catalogue."""
    found = {*_in_tables(), *_of_refusals(), *SENTENCES}
    found |= {account.title for account in demo_accounts()}
    return {text for text in found if CHINESE.search(text)} | set(_marked())


def catalogue() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def untranslated() -> list[str]:
    known = {str(m.id): str(m.string) for m in catalogue() if m.id}
    return sorted(text for text in words() if not known.get(text))


def _marked() -> Iterator[str]:
    options = {"jinja2": {"trim_blocks": "true", "lstrip_blocks": "true"}}
    mapping = [(str(pattern), method) for pattern, method in METHODS]
    found = extract_from_dir(
        ROOT / "api", mapping, {"**.html": options["jinja2"]}, keywords=KEYWORDS
    )
    for _, _, message, _, _ in found:
        yield message if isinstance(message, str) else message[0]


def _in_tables() -> Iterator[str]:
    for module in (wording, tiers, options):
        for value in vars(module).values():
            yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _of_refusals() -> Iterator[str]:
    for reason in reasons().values():
        yield from (reason.title, reason.remedy)


def main() -> None:
    old = {str(m.id): str(m.string) for m in catalogue() if m.id}
    new = Catalog(locale="en")
    for text in words():
        new.add(text, old.get(text, ""))
    with ENGLISH.open("wb") as file:
        file.write(HEAD.encode())
        write_po(file, new, omit_header=True, sort_output=True, width=0)
    for text in untranslated():
        print(text)


if __name__ == "__main__":
    main()
