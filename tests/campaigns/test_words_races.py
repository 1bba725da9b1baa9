"""Two people mend the words of the campaign's work in the same moment."""

from datetime import date
from functools import partial

import pytest

from campaigns.actions.words import rename_initiative
from communities.models import BEGINNING
from tests.factories.campaigns import InitiativeFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
JUNE = date(2026, 6, 1)


def _rename(initiative, title):
    return partial(
        rename_initiative, initiative=initiative, title=title, today=JUNE, by=None
    )


def test_of_two_titles_at_once_the_second_corrects_the_first():
    initiative = InitiativeFactory(title="旧")

    with before_commit_of(_rename(initiative, "甲")) as start:
        second = start(_rename(initiative, "乙"))
    second.result(timeout=20)

    rows = initiative.versions.order_by("starts_on")
    assert [(row.title, row.starts_on, row.ends_on) for row in rows] == [
        ("旧", BEGINNING, date(2026, 5, 31)),
        ("乙", JUNE, None),
    ]
