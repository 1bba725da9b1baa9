"""Public activities of an organisation: today's and those of a past day."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity
from campaigns.queries.activities import public_activities_of
from communities.actions.changes import plan_change
from communities.models import RegisterChange
from communities.queries.history import organizations_below_on
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import OrganizationFactory

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 3)


def held(organization, day):
    starts_at = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    return ActivityFactory(
        organization=organization,
        state=Activity.State.APPROVED,
        is_public=True,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )


@pytest.fixture
def merged():
    """A branch merged into another on 1 June, each with one activity in May."""
    heir, old = OrganizationFactory(), OrganizationFactory()
    activities = held(heir, MAY), held(old, MAY)
    plan_change(
        target=old,
        kind=RegisterChange.Kind.MERGE,
        effective_on=date(2026, 6, 1),
        details={"successor": heir.pk},
        by=None,
    )
    heir.refresh_from_db()
    return heir, old, activities


def test_successor_shows_what_the_merged_one_did(merged):
    heir, _old, activities = merged

    assert set(public_activities_of(heir)) == set(activities)


def test_successor_of_a_past_day_shows_its_own_alone(merged):
    heir, old, (own, foreign) = merged

    assert list(public_activities_of(heir, day=MAY)) == [own]
    old.refresh_from_db()
    assert list(public_activities_of(old, day=MAY)) == [foreign]


def test_past_day_leaves_out_what_came_later(merged):
    heir, _old, (own, _foreign) = merged
    held(heir, MAY + timedelta(days=1))

    assert list(public_activities_of(heir, day=MAY)) == [own]


def test_tree_of_a_day_reaches_all_levels():
    top = OrganizationFactory(kind="general_branch")
    middle = OrganizationFactory(parent=top)

    assert organizations_below_on(top.pk, MAY) == {top.pk, middle.pk}
    assert organizations_below_on(middle.pk, MAY) == {middle.pk}


def test_fragment_takes_the_day(merged, client):
    heir, old, _activities = merged
    url = reverse("campaigns:organization_activities", args=[heir.pk])

    page = client.get(f"{url}?day={MAY}", headers={"HX-Request": "true"})

    assert "当时的活动" in page.content.decode()
    assert old.name not in page.content.decode()


@pytest.mark.parametrize("day", ["2026-13-01", "x", "2999-01-01"])
def test_odd_days_show_today(day, merged, client):
    url = reverse("campaigns:organization_activities", args=[merged[0].pk])

    page = client.get(f"{url}?day={day}")

    assert page.status_code == 200
    assert "近期活动" in page.content.decode()
