"""The order of lines in a file says nothing that the stream depends on."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.foreign_log.rows import StagedItem, Step
from tests.consumers.foreign_log.logs import CSV, HEADER, staged

Line = tuple[str, str]


def written(case: str, nr: int, minute: int, officer: str) -> Line:
    opened = f"2023-05-06T08:{ord(case) % 30:02}"
    cells = (case, nr, f"Step {nr % 3}", f"2023-05-06T08:{minute:02}", officer, "web")
    return case, ",".join(map(str, (*cells, opened, "2023-05-06T08:30", "\n")))


lines = st.builds(
    written,
    case=st.sampled_from("ABCDE"),
    nr=st.integers(1, 12),
    minute=st.integers(0, 59),
    officer=st.sampled_from(["li", "wu", ""]),
)


def stream(lines_of_log: list[Line], mapping: str) -> list[StagedItem]:
    """The staged stream, without the line numbers, which a shuffle changes."""
    text = HEADER + "".join(line for _, line in lines_of_log)
    with TemporaryDirectory() as folder:
        items = [*staged(Path(folder), text, mapping).ordered()]
    return [
        replace(item, row=replace(item.row, line=0)) if isinstance(item, Step) else item
        for item in items
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(lines, max_size=30),
    st.permutations("ABCDE"),
    st.sampled_from([CSV, CSV.replace('sequence = "nr"', "")]),
)
def test_the_order_of_cases_in_the_file_does_not_matter(
    log: list[Line], order: list[str], mapping: str
) -> None:
    by_case: defaultdict[str, list[Line]] = defaultdict(list)
    for line in log:
        by_case[line[0]].append(line)
    shuffled = [line for case in order for line in by_case[case]]
    assert stream(shuffled, mapping) == stream(log, mapping)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        lines, max_size=30, unique_by=lambda line: line[1].split(",")[1] + line[0]
    ),
    st.randoms(use_true_random=False),
)
def test_with_a_sequence_the_order_of_rows_does_not_matter_either(
    log: list[Line], random: Random
) -> None:
    shuffled = random.sample(log, len(log))
    assert stream(shuffled, CSV) == stream(log, CSV)
