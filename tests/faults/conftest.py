"""Figures of the tests of faults, printed as one table at the end of the run."""

import pytest

FIGURE = "figure"
# Each process takes the next two modules: the longest comes first, and what times
# requests does not run beside what needs a core for itself.
ORDER = [
    "test_two_beats",
    "test_broken_redis",
    "test_mail_server",
    "test_worker_down",
    "test_killed_worker",
    "test_emptied_redis",
    "test_rollback",
    "test_embedded_worker",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the order of ORDER; a module it does not name comes first."""
    places = {name: place for place, name in enumerate(ORDER)}
    items.sort(key=lambda item: places.get(item.path.stem, -1))


@pytest.fixture
def figures(record_property):
    """Keeps a figure for the table: `figures("mails sent twice", 0)`."""

    def keep(words: str, value: object) -> None:
        record_property(FIGURE, (words, str(value)))

    return keep


def pytest_terminal_summary(terminalreporter) -> None:
    """One line for each figure, under the test it belongs to."""
    ended = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if report.when == "call" and "tests/faults/" in report.nodeid
    ]
    if not ended:
        return
    terminalreporter.section("figures of the faults")
    for report in sorted(ended, key=lambda one: one.nodeid):
        name = report.nodeid.rpartition("::")[2]
        terminalreporter.line(f"{name} ({report.outcome}, {report.duration:.0f} s)")
        for key, value in report.user_properties:
            if key == FIGURE:
                terminalreporter.line(f"    {value[0]:<48}{value[1]:>12}")
