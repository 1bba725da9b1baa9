"""What the tests of the frame share: one running stack, a browser."""

import pytest

from tests.live.browser import DESKTOP, Person, chromium
from tests.live.journeys.backstage import backstage_of
from tests.live.stack import PASSWORD, copied_stack


@pytest.fixture(scope="package")
def stack(prepared, tmp_path_factory):
    """`make run`, once for this folder."""
    with copied_stack(tmp_path_factory.mktemp("stack"), prepared) as running:
        yield running


@pytest.fixture(scope="package")
def backstage(stack):
    """What others did before, arranged by the scenes of the journeys."""
    with backstage_of(stack) as running:
        yield running


@pytest.fixture(scope="package")
def browser():
    """Chromium; nothing here asks the ORM, so it may stay."""
    with chromium() as running:
        yield running


@pytest.fixture
def person(browser, stack, tmp_path):
    """Makes people at screens of their own; at the end no page may have complained."""
    people = []

    def make(name: str = "", size: dict = DESKTOP, *, session: str = "") -> Person:
        people.append(Person(browser, stack.url, name or "nobody", size, tmp_path))
        if session:
            people[-1].sign_in_by(session)
        elif name:
            people[-1].sign_in(name, PASSWORD)
        return people[-1]

    yield make
    for someone in people:
        someone.context.close()
    assert [line for one in people for line in one.complaints] == []
