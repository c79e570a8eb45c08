"""The board's stream over a real connection: in time, in order, once, and resumed."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from api.pages.language import ENGLISH
from tests import examples as x
from tests.api.pages.follower import Follower, follow
from tests.api.pages.site import Site, site
from tests.rules import rule
from tests.world import World, accept_case, open_case

ROOT = Path(__file__).parents[3]


@pytest.fixture
def opened(settled: World) -> Iterator[Site]:
    with site(settled.services) as running:
        yield running


@contextmanager
def other_process(url: str, home: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has connected to the log and waits for its orders."""
    command = [sys.executable, "-m", "tests.api.pages.other_process", url, str(home)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.stdin.close()


def shows_open(number: int) -> Callable[[Follower], bool]:
    """Whether the steps of ``number`` cases were told and the board counts them."""
    figure = ["open", str(number), "件", "全部未办结"]
    return lambda viewer: (
        len(viewer.steps) == 2 * number and figure in viewer.boards[-1].data["figures"]
    )


@pytest.mark.usefixtures("settled")
def test_what_another_process_appends_is_on_the_board_within_a_second(
    opened: Site, database_url: str, home: Path
) -> None:
    took = []
    with follow(opened) as viewer, other_process(database_url, home) as other:
        for number in range(1, 6):
            begun = time.monotonic()
            print(number, file=other.stdin, flush=True)
            viewer.until(shows_open(number))
            took.append(time.monotonic() - begun)
    # The middle one: a test machine that does other work may hold up a single one.
    assert statistics.median(took) < 1, took


def test_steps_tell_place_matter_and_case(settled: World, opened: Site) -> None:
    with follow(opened) as viewer:
        open_case(settled)
        viewer.until(lambda f: len(f.steps) == 2)
        step = next(m.data for m in viewer.heard if m.event == "step")
    assert step["text"] == "大水坑镇 · 最低生活保障 已收件（202609170001）"
    assert step["href"] == f"/cases/{x.CASE}"
    assert (step["time"][:3], step["kind"]) == ("09:", "step")


def test_a_broken_connection_is_resumed_without_gap_or_double(
    settled: World, opened: Site
) -> None:
    with follow(opened) as viewer:
        open_case(settled)
        viewer.until(lambda f: len(f.steps) == 2)
        before, last = viewer.steps, viewer.last
    first = settled.services.log.stream(x.CASE)[0].position
    accept_case(settled)  # while nobody listens
    with follow(opened, last) as viewer:
        viewer.until(lambda f: len(f.steps) == 2)
        open_case(settled, UUID(int=2))
        viewer.until(lambda f: len(f.steps) == 4)
        after = viewer.steps
    everything = [
        recorded.position
        for recorded in settled.services.log.after(first - 1, 100)
        if recorded.originator_id in (x.CASE, UUID(int=2))
    ]
    assert before + after == everything


def test_an_id_of_another_log_is_answered_with_a_snapshot(
    settled: World, opened: Site
) -> None:
    open_case(settled)
    with follow(opened, 10**9) as viewer:
        assert viewer.steps == []
        ticker = viewer.boards[0].data["ticker"]
    assert viewer.last <= settled.services.log.last_position()
    assert isinstance(ticker, list)


@rule("R-904")
@pytest.mark.parametrize(
    ("office", "status"), [(x.OTHER_TOWNSHIP, 200), ("1" * 12, 403)]
)
def test_only_ones_own_scope_can_be_followed(
    opened: Site, office: str, status: int
) -> None:
    address = f"{opened.url}/board/stream?office={office}"
    with (
        httpx.Client(cookies=opened.cookies) as client,
        client.stream("GET", address) as response,
    ):
        assert response.status_code == status


def test_a_stranger_hears_nothing(opened: Site) -> None:
    response = httpx.get(f"{opened.url}/board/stream?office={x.COUNTY}")
    assert response.status_code == 401


@rule("R-904")
def test_another_township_hears_nothing_of_it(settled: World, opened: Site) -> None:
    with (
        follow(opened, office=x.OTHER_TOWNSHIP) as elsewhere,
        follow(opened) as viewer,
    ):
        open_case(settled)
        viewer.until(lambda f: len(f.steps) == 2)
        viewer.until(lambda f: len(f.boards) > 1)
        elsewhere.until(lambda f: len(f.boards) > 1)
    assert elsewhere.steps == []
    assert elsewhere.boards[-1].data["figures"][0][:2] == ["open", "0"]


def test_everybody_hears_his_own_language(settled: World, opened: Site) -> None:
    open_case(settled)
    accept_case(settled)
    with follow(opened) as chinese, follow(opened, language=ENGLISH) as english:
        for follower in (chinese, english):
            follower.until(lambda f: bool(f.boards[-1].data["ticker"]))
        left = [f.boards[-1].data["columns"][2]["rows"] for f in (chinese, english)]
        said = [f.boards[-1].data["ticker"][0]["text"] for f in (chinese, english)]
    assert "余" in left[0][0][3]
    assert "left" in left[1][0][3]
    assert "已受理" in said[0]
    assert "已受理" not in said[1]


def test_a_board_tells_of_what_make_its_page_should_be(opened: Site) -> None:
    with httpx.Client(cookies=opened.cookies) as client, follow(opened) as viewer:
        page = client.get(f"{opened.url}/board?office={x.COUNTY}").text
        assert f'data-version="{viewer.boards[-1].data["version"]}"' in page


def test_the_server_ends_soon_though_a_stream_is_open(opened: Site) -> None:
    with follow(opened) as viewer:
        seconds = opened.stop()
        with pytest.raises(StopIteration):
            viewer.until(lambda f: f.text == "")
    assert seconds < 3
