"""What does not fit a body or a parameter, told in Chinese and without its value."""

from collections.abc import Mapping
from typing import Any

from api import faults
from api.faults import Fault

FAULT_OF_HEADER: dict[tuple[str, bool], type[Fault]] = {
    ("idempotency-key", True): faults.KeyIsMissing,
    ("idempotency-key", False): faults.KeyIsMalformed,
    ("if-match", False): faults.IfMatchIsMalformed,
}
WORDS = {
    "missing": "必填",
    "extra_forbidden": "含有未约定的字段",
    "string_type": "应为文本",
    "string_too_short": "至少 {min_length} 个字符",
    "string_too_long": "至多 {max_length} 个字符",
    "string_pattern_mismatch": "格式不正确，或含有控制字符",
    "string_unicode": "含有无法编码的字符",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "int_parsing_size": "数值过大",
    "greater_than_equal": "不得小于 {ge}",
    "less_than_equal": "不得大于 {le}",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "enum": "应为下列之一：{expected}",
    "literal_error": "应为下列之一：{expected}",
    "uuid_type": "应为 UUID",
    "uuid_parsing": "应为 UUID",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "too_short": "至少 {min_length} 项",
    "too_long": "至多 {max_length} 项",
    "date_type": "应为日期，如 2026-09-17",
    "date_parsing": "应为日期，如 2026-09-17",
    "date_from_datetime_parsing": "应为日期，如 2026-09-17",
    "instant": "应为带时区偏移的时刻，如 2026-09-17T09:00:00+08:00",
    "model_type": "应为 JSON 对象",
    "model_attributes_type": "应为 JSON 对象",
    "dict_type": "应为 JSON 对象",
}


def fault_of_header(error: Mapping[str, Any]) -> type[Fault] | None:
    """The fault that a header of our own has, if the error is about one."""
    if error["loc"][0] != "header":
        return None
    name, is_missing = str(error["loc"][1]).lower(), error["type"] == "missing"
    return FAULT_OF_HEADER.get((name, is_missing))


def told_of(error: Mapping[str, Any]) -> dict[str, str]:
    """Field and message of one pydantic error; never the input, nor a name sent."""
    place = list(error["loc"])
    if error["type"] == "extra_forbidden":
        place.pop()
    field = ".".join(str(part) for part in place[1:]) or str(place[0])
    words = WORDS.get(error["type"], "不符合约定的格式")
    return {"field": field, "message": words.format_map(_Limits(error.get("ctx")))}


class _Limits(dict[str, Any]):
    """The limits pydantic names; they come from our models, not from the caller."""

    def __init__(self, context: Mapping[str, Any] | None) -> None:
        super().__init__(context or {})

    def __missing__(self, key: str) -> str:
        return "…"
