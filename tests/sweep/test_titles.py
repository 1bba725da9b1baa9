"""Each page has a title of its own: it is what tabs and bookmarks show."""

from collections import defaultdict

import pytest

from tests.sweep.checks import is_page, title_of
from tests.sweep.visits import page_names, visits_of_page
from tests.world import temporary_world

# Two addresses of one page: steps of one task, a new one and a kept one of one thing,
# the same deed on things of two kinds.
ONE_PAGE = [
    {"account_logout", "admin:logout"},
    {"campaigns:activity_choose", "campaigns:activity_create"},
    {"campaigns:convention", "campaigns:convention_version"},
    {"communities:change_create", "communities:community_change_create"},
    {"communities:claim_withdraw", "communities:wish_claim_withdraw"},
    {"communities:report_in_edit", "communities:report_in_start"},
    {"reports:report_save", "reports:saved_report_edit"},
    {"volunteers:certificate_check", "volunteers:certificate_verify"},
    {"volunteers:late_entry_choose", "volunteers:late_entry_create"},
]


@pytest.fixture
def world(db):
    """The district."""
    with temporary_world() as built:
        yield built


@pytest.mark.any_database
@pytest.mark.usefixtures("unrecorded")
def test_no_two_pages_have_one_title(world):
    names = defaultdict(set)
    for name in page_names():
        visit = next(visits_of_page(world, name))
        response = world.client(visit.role).get(visit.url)
        html = b"".join(response).decode("utf-8", "replace")
        if is_page(html):
            names[title_of(html)].add(name)

    assert len(names) > 100
    shared = {title: held for title, held in names.items() if len(held) > 1}
    assert {t: held for t, held in shared.items() if held not in ONE_PAGE} == {}
