"""Reading a notice: once, by the office whose inbox it lies in."""

import pytest

from domain.notice.commands import MarkNoticeRead
from domain.notice.decisions import read
from domain.notice.events import NoticeRead, NoticeSent
from domain.notice.rejections import NoticeIsForAnotherOffice, NoticeNotFound
from domain.notice.state import Notice, fold
from tests import examples as x
from tests.golden.examples import EXAMPLES
from tests.rules import rule

SENT = EXAMPLES[NoticeSent]
COMMAND = MarkNoticeRead(notice_id=x.CASE, by="supervisor", office=x.COUNTY, now=x.NOON)
READ = NoticeRead(by="supervisor", office=x.COUNTY)


@rule("R-401")
def test_the_first_reading_counts() -> None:
    assert read(fold([SENT]), COMMAND) == (READ,)  # type: ignore[list-item]
    assert fold([SENT, READ]) == Notice(  # type: ignore[list-item]
        recipient=x.COUNTY, read_by="supervisor"
    )
    assert read(fold([SENT, READ]), COMMAND) == ()  # type: ignore[list-item]


@rule("R-904")
def test_nobody_reads_in_another_office_s_inbox() -> None:
    notice = Notice(recipient=x.TOWNSHIP)
    with pytest.raises(NoticeIsForAnotherOffice):
        read(notice, COMMAND)


def test_what_was_never_sent_cannot_be_read() -> None:
    with pytest.raises(NoticeNotFound):
        read(Notice(), COMMAND)
