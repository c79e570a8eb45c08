"""The rejects file: what could not be read, for the operator beside the source."""

import csv
import os
from collections.abc import Iterable
from pathlib import Path

from consumers.foreign_log.rows import Reason, Unreadable

HEADER = ("line", "reason", "columns", "explanation", "raw")

EXPLAINED = {
    Reason.NO_CASE: "没有办件编号",
    Reason.NO_ACTIVITY: "没有环节名称",
    Reason.NO_TIME: "没有时间",
    Reason.NO_KEY: "没有行标识",
    Reason.TIME_UNREADABLE: "时间不符合映射声明的格式，或既无时区偏移又未声明时区",
    Reason.TOO_LONG: "内容过长，不像是编号或名称",
    Reason.COLUMN_COUNT: "列数与表头不符",
    Reason.QUOTING: "引号不成对，或引号后有多余文字",
    Reason.UNDECODABLE: "含有不属于所声明编码的字节",
    Reason.GZIP_DAMAGED: "压缩文件在此处中断或损坏，其后内容未读",
    Reason.XML_DAMAGED: "XML 在此处中断或有误，其后内容未读",
    Reason.ROW_CHANGED: "同一标识的行内容与先前不同（changed row under a known id）",
}


def write_rejects(file: Path, unreadable: Iterable[Unreadable]) -> int:
    """Write ``unreadable`` to ``file`` anew and say how many there were.

    ``raw`` is the source line as it stands, personal data included: the file is
    for its owner's eyes only. UTF-8 with a mark, so that Excel reads it.
    """
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    written = 0
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(HEADER)
        for entry in unreadable:
            columns = "、".join(entry.columns)
            explained = EXPLAINED[entry.reason]
            raw = entry.raw.rstrip("\r\n")
            rows.writerow((entry.line, entry.reason, columns, explained, raw))
            written += 1
    return written
