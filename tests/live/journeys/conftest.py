"""What the journeys share: a running stack, what happened before, people at screens."""

import contextlib
from types import SimpleNamespace

import pytest

from scripts.layout import ROOT
from tests.live.browser import DESKTOP, PHONE, Person, chromium
from tests.live.journeys.backstage import backstage_of
from tests.live.stack import copied_stack

SHOTS = ROOT / "var" / "screenshots" / "journeys"
SIZES = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture(scope="session")
def stack(prepared, tmp_path_factory):
    """`make run`, once for all journeys of a worker: each has a place of its own."""
    with copied_stack(tmp_path_factory.mktemp("stack"), prepared) as running:
        yield running


@pytest.fixture(scope="session")
def backstage(stack):
    """What others did before, arranged by scenes."""
    with backstage_of(stack) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    """Chromium; not for longer, tests with the ORM stand no running loop."""
    with chromium() as running:
        yield running


@pytest.fixture(params=SIZES)
def width(request) -> str:
    """Every journey is made on a phone and at a desk."""
    return request.param


@pytest.fixture
def person(browser, stack, width, request):
    """Makes people at screens of the journey's width; see `people_at`."""
    yield from people_at(browser, stack.url, width, request)


@pytest.fixture
def alone(prepared, tmp_path_factory, browser, width, request):
    """A portal of its own, for what would change it for everybody else.

    With `stack`, `backstage` and `person`.
    """
    with (
        copied_stack(tmp_path_factory.mktemp("alone"), prepared) as running,
        backstage_of(running) as arranged,
        contextlib.contextmanager(people_at)(browser, running.url, width, request) as p,
    ):
        yield SimpleNamespace(stack=running, backstage=arranged, person=p)


def people_at(browser, url: str, width: str, request):
    """A maker of people, each at a screen; signed in when somebody is named.

    The journey ends with a picture of what the first of them sees, in a folder named
    after the role: <journey>-<width>.png. No page may have complained by then.
    """
    role = request.path.stem.removeprefix("test_")
    journey = request.node.originalname.removeprefix(f"test_{role}_")
    people: list[Person] = []

    def make(who: SimpleNamespace | None = None, name: str = "") -> Person:
        someone = Person(browser, url, f"{name}{width}", SIZES[width], SHOTS / role)
        if who is not None:
            someone.sign_in_by(who.session)
        people.append(someone)
        return someone

    yield make
    if people:
        people[0].shot(journey)
    for someone in people:
        someone.context.close()
    assert [line for one in people for line in one.complaints] == []
