"""What our runs of pytest add: seeded examples, and a list of what was skipped.

In CI (``CI=true``) nothing may be skipped: a skip fails the run.
"""

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("seeded", derandomize=True, deadline=None)
settings.register_profile("soak", max_examples=2000, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    """Small and seeded, unless this is the soak or the caller names a profile."""
    if not config.getoption("--hypothesis-profile", default=None):
        soaking = config.getoption("markexpr") == "soak"
        settings.load_profile("soak" if soaking else "seeded")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name each component that was not to be had, and how many tests that cost."""
    skipped = Counter(_reasons(config))
    if not skipped:
        return
    terminalreporter.section("skipped here", red=_in_ci(), yellow=not _in_ci())
    for reason, tests in sorted(skipped.items()):
        terminalreporter.line(f"{reason} ({tests} {'test' if tests == 1 else 'tests'})")
    if _in_ci():
        terminalreporter.line("CI=true: a skip fails the run.", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _in_ci() and any(_reasons(session.config)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _reasons(config: pytest.Config) -> Iterator[str]:
    """Why tests were skipped; in a parallel run only the first process knows all."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    for report in reporter.stats.get("skipped", ()) if reporter else ():
        match report.longrepr:
            case (_, _, str(reason)):
                yield reason.removeprefix("Skipped: ")
            case other:
                yield str(other)


def _in_ci() -> bool:
    return os.environ.get("CI") == "true"
