"""What the journeys share: one running stack, a browser, people at their screens."""

from pathlib import Path

import pytest

from scripts.layout import ROOT
from tests.live.browser import DESKTOP, Person, chromium
from tests.live.stack import PASSWORD, embedded_stack

HERE = Path(__file__).parent
SHOTS = ROOT / "var" / "screenshots"
# In one district: the pillars freeze the campaign, the registers merge the unit.
ORDER = (
    "test_main_job",
    "test_volunteering",
    "test_messages",
    "test_whistles",
    "test_office_month",
    "test_pillars",
    "test_registers",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the journeys follow each other as ORDER says; a module it lacks fails."""
    places = [number for number, item in enumerate(items) if item.path.parent == HERE]
    journeys = sorted(
        (items[place] for place in places), key=lambda item: ORDER.index(item.path.stem)
    )
    for place, item in zip(places, journeys, strict=True):
        items[place] = item


@pytest.fixture(scope="package")
def stack(tmp_path_factory):
    """`make run`, started once: the journeys follow each other in one district."""
    with embedded_stack(tmp_path_factory.mktemp("stack")) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    """Chromium; not for longer, tests with the ORM stand no running loop."""
    with chromium() as running:
        yield running


@pytest.fixture
def person(browser, stack, request):
    """Makes people, each at a screen; signed in unless `signs_in` is false.

    Screenshots go to a folder named after the test's module. At the end no page may
    have complained.
    """
    people = []
    shots = Path(request.module.__name__.rpartition(".")[2].removeprefix("test_"))

    def make(name: str, size: dict = DESKTOP, *, signs_in: bool = True) -> Person:
        people.append(Person(browser, stack.url, name, size, SHOTS / shots))
        if signs_in:
            people[-1].sign_in(name, PASSWORD)
        return people[-1]

    yield make
    for someone in people:
        someone.context.close()
    assert [line for one in people for line in one.complaints] == []
