"""Pillars and initiatives change their words; old records keep those of their day."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from campaigns.actions.words import WordsRefused, rename_initiative, rename_pillar
from campaigns.models import Activity, Initiative, Pillar
from campaigns.queries.activities import with_names_of_the_day
from campaigns.queries.words import initiative_history, pillar_history
from communities.models import BEGINNING
from core.audit import history_of
from reports.boundaries import Boundary
from reports.exports import ACTIVITIES
from reports.queries import Filters
from tests.factories.campaigns import ActivityFactory, InitiativeFactory, PillarFactory

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
ONE_DAY = timedelta(days=1)
MAY_31 = JUNE - ONE_DAY


def _rename(row, title, on=JUNE, by=None):
    if isinstance(row, Pillar):
        return rename_pillar(
            pillar=row, title=title, summary=row.summary, today=on, by=by
        )
    return rename_initiative(initiative=row, title=title, today=on, by=by)


def _lives(row):
    rows = row.versions.order_by("starts_on")
    return [(row.title, row.starts_on, row.ends_on) for row in rows]


def _held(**values):
    """Held in the last minutes of 31 May in Beijing."""
    starts_at = timezone.make_aware(datetime(2026, 5, 31, 23, 50))
    return ActivityFactory(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        state=Activity.State.APPROVED,
        is_public=True,
        **values,
    )


@pytest.mark.parametrize("make", [PillarFactory, InitiativeFactory])
def test_renamed_row_keeps_what_it_was_called_until_the_day_before(make):
    row = make()
    before = row.title

    row = _rename(row, "新名称")

    assert row.title == "新名称"
    assert _lives(row) == [(before, BEGINNING, MAY_31), ("新名称", JUNE, None)]


def test_second_change_of_a_day_corrects_the_first():
    initiative = _rename(InitiativeFactory(title="旧"), "错字")

    _rename(initiative, "改正")

    assert _lives(initiative) == [("旧", BEGINNING, MAY_31), ("改正", JUNE, None)]


def test_words_on_a_day_are_those_that_held_then():
    initiative = InitiativeFactory(title="旧")
    _rename(_rename(initiative, "六月"), "七月", on=JULY)

    history = initiative_history([initiative.pk])

    days = [MAY_31, JUNE, JULY - ONE_DAY, JULY]
    titles = [history.on(initiative.pk, day).title for day in days]
    assert titles == ["旧", "六月", "六月", "七月"]


def test_what_was_never_renamed_has_its_own_words_on_any_day():
    initiative = InitiativeFactory(title="从未改名")

    history = initiative_history()

    assert str(history.on(initiative.pk, date(1999, 1, 1))) == "从未改名"


def test_summary_of_a_pillar_has_a_history_too():
    pillar = PillarFactory()
    before = pillar.summary

    rename_pillar(
        pillar=pillar, title=pillar.title, summary="新要求", today=JUNE, by=None
    )

    history = pillar_history([pillar.pk])
    summaries = [history.on(pillar.pk, day).summary for day in (MAY_31, JUNE)]
    assert summaries == [before, "新要求"]


def test_renaming_to_the_same_words_leaves_no_trace():
    initiative = InitiativeFactory()

    _rename(initiative, f" {initiative.title} ")

    assert _lives(initiative) == []
    assert not history_of(initiative).exists()


def test_audit_says_what_it_was_called_before(office_official):
    initiative = _rename(InitiativeFactory(title="旧"), "新", by=office_official)

    [entry] = history_of(initiative)
    assert entry.verb == "campaigns.initiative_changed"
    assert entry.data == {"fields": ["title"], "before": "旧"}


def test_initiative_with_the_title_of_another_is_refused_in_words():
    InitiativeFactory(title="已有")
    initiative = InitiativeFactory(title="旧")

    with pytest.raises(WordsRefused, match="已有同名举措"):
        _rename(initiative, "已有")

    assert Initiative.objects.get(pk=initiative.pk).title == "旧"


def test_empty_title_is_refused():
    with pytest.raises(WordsRefused, match="不能为空"):
        _rename(InitiativeFactory(), "  ")


def test_activity_of_may_has_the_words_of_may():
    activity = _held(second_pillar=PillarFactory(code=Pillar.Code.DUTY))
    rows = (activity.pillar, activity.second_pillar, activity.initiative)
    before = [row.title for row in rows]
    for row in rows:
        _rename(row, f"新{row.title}")

    [shown] = with_names_of_the_day([Activity.objects.get()])

    then = (shown.pillar_then, shown.second_pillar_then, shown.initiative_then)
    assert [str(version) for version in then] == before


def test_pages_of_an_old_activity_show_the_words_of_its_day(client):
    activity = _held(initiative__title="旧举措")
    old_pillar = activity.pillar.title
    _rename(activity.initiative, "新举措")
    _rename(activity.pillar, "新板块")

    page, card, row = [
        client.get(path).content.decode()
        for path in (activity.get_absolute_url(), "/", "/pillars/service/")
    ]

    assert "旧举措" in page
    assert "新举措" not in page
    assert old_pillar in page
    assert old_pillar in card
    assert row.count("旧举措") == 1  # in the row; above it stands today's
    assert row.count("新举措") == 1


@pytest.mark.parametrize(
    ("boundary", "expected"),
    [(Boundary.THEN, "旧举措"), (Boundary.NOW, "新举措")],
    ids=["then", "now"],
)
def test_report_of_activities_shows_the_words_asked_for(
    boundary, expected, office_official
):
    _rename(_held(initiative__title="旧举措").initiative, "新举措")

    rows = ACTIVITIES.rows(office_official, Filters())
    [cells] = ACTIVITIES.cells(rows, boundary)

    place = [column.field for column in ACTIVITIES.columns].index("initiative_id")
    assert cells[place] == expected
