"""What the tests of the frame share: one running stack, a browser."""

import pytest

from tests.live.browser import DESKTOP, Person, chromium
from tests.live.stack import PASSWORD, embedded_stack


@pytest.fixture(scope="package")
def stack(tmp_path_factory):
    """`make run`, started once for this folder."""
    with embedded_stack(tmp_path_factory.mktemp("stack")) as running:
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

    def make(name: str = "", size: dict = DESKTOP, **options: object) -> Person:
        people.append(
            Person(browser, stack.url, name or "nobody", size, tmp_path, **options)
        )
        if name:
            people[-1].sign_in(name, PASSWORD)
        return people[-1]

    yield make
    for someone in people:
        someone.context.close()
    assert [line for one in people for line in one.complaints] == []
