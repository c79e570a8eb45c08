"""XES logs: traces, transitions, and documents that are not whole."""

import gzip
from pathlib import Path

import pytest

from consumers.foreign_log.rows import LogDoesNotFit, Opening
from domain.case.events import Attribute
from tests.consumers.foreign_log.logs import (
    XES,
    event,
    reasons,
    rows,
    staged,
    torn,
    trace,
    xes,
)

SUBMITTED = event("Submit", "2011-10-01T00:38:44.546+02:00", "112")
DECIDED = event("Decide", "2011-10-03T10:00:00.000Z", "10629")
SMALL = xes(trace("173688", SUBMITTED, DECIDED), trace("173691", SUBMITTED))
BOMB = '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize("wrap", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_events_and_trace_attributes_are_read(
    tmp_path: Path, wrap: type[bytes]
) -> None:
    log = staged(tmp_path, wrap(SMALL.encode()), XES)
    first = next(log.ordered())
    assert isinstance(first, Opening)
    assert first.case.case == "173688"
    assert first.case.attributes == (
        Attribute(name="(case)_AMOUNT_REQ", value="20000"),
    )
    assert [(row.case, row.key, row.officer) for row in rows(log)] == [
        ("173688", "1", "112"),
        ("173691", "1", "112"),
        ("173688", "2", "10629"),
    ]
    assert rows(log)[2].step == "decided"


def test_transitions_count_stay_neutral_or_are_left_out(tmp_path: Path) -> None:
    begun = event("Decide", "2011-10-02T10:00:00Z", "1", "START")
    planned = event("Decide", "2011-10-02T09:00:00Z", "1", "SCHEDULE")
    log = staged(tmp_path, xes(trace("1", planned, begun, DECIDED)), XES)
    assert [(row.transition, row.step) for row in rows(log)] == [
        ("START", None),
        ("COMPLETE", "decided"),
    ]
    assert (log.counts.skipped, log.counts.neutral) == (1, 1)
    assert [row.key for row in rows(log)] == ["2", "3"]


def test_a_trace_without_events_is_a_case(tmp_path: Path) -> None:
    log = staged(tmp_path, xes(trace("1")), XES)
    assert (log.counts.cases, log.counts.rows) == (1, 0)


def test_an_event_outside_any_trace_has_no_case(tmp_path: Path) -> None:
    log = staged(tmp_path, xes(SUBMITTED, trace("1", DECIDED)), XES)
    assert reasons(log) == [(1, "no-case")]
    assert log.counts.rows == 1


def test_an_unreadable_event_is_kept_for_the_rejects(tmp_path: Path) -> None:
    lost = event("Submit", "some day", "112")
    log = staged(tmp_path, xes(trace("1", lost, DECIDED)), XES)
    entry = next(log.unreadable())
    assert (entry.line, entry.reason) == (1, "time-unreadable")
    assert entry.columns == ("event:time:timestamp",)
    assert "some day" in entry.raw


def test_rows_before_broken_xml_count(tmp_path: Path) -> None:
    log = staged(tmp_path, SMALL[: SMALL.index("173691")], XES)
    assert reasons(log) == [(3, "xml-damaged")]
    assert log.counts.rows == 2


@pytest.mark.parametrize("fault", ["&nope;", "<", '" key="'])
def test_an_event_with_a_fault_in_it_does_not_count(tmp_path: Path, fault: str) -> None:
    broken = event("Decide", "2011-10-03T10:00:00Z", fault)
    log = staged(tmp_path, xes(trace("1", SUBMITTED, broken, DECIDED)), XES)
    assert [row.activity for row in rows(log)] == ["Submit"]
    assert reasons(log) == [(2, "xml-damaged")]


def test_a_torn_gzip_is_the_reason_and_not_the_xml(tmp_path: Path) -> None:
    log = staged(tmp_path, torn(SMALL), XES)
    assert [reason for _, reason in reasons(log)] == ["gzip-damaged"]


@pytest.mark.parametrize(
    "text",
    [xes(trace("&b;", SUBMITTED), prologue=BOMB), "<html><body/></html>"],
    ids=["doctype", "another root"],
)
def test_what_is_no_plain_xes_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(LogDoesNotFit):
        staged(tmp_path, text, XES)
