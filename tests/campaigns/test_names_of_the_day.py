"""What was done under an old name keeps it, wherever activities are shown."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from campaigns.models import Activity
from campaigns.queries.activities import recent_public_activities, with_names_of_the_day
from communities.actions.history import keep_version
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import CommunityFactory, OrganizationFactory

MAY = timezone.make_aware(datetime(2026, 5, 3, 9))
JUNE = date(2026, 6, 1)


@pytest.fixture
def activity(db):
    """Public; held in May, renamed in June."""
    activity = ActivityFactory(
        organization=OrganizationFactory(name="旧支部"),
        community=CommunityFactory(name="旧村"),
        starts_at=MAY,
        ends_at=MAY + timedelta(hours=2),
        state=Activity.State.APPROVED,
        is_public=True,
    )
    for row, name in [
        (activity.organization, "新支部"),
        (activity.community, "新社区"),
    ]:
        row.name = name
        row.save()
        keep_version(row, on=JUNE)
    return activity


def test_activity_of_may_has_the_names_of_may(activity):
    [shown] = recent_public_activities(3)

    assert (str(shown.organization_then), str(shown.community_then)) == (
        "旧支部",
        "旧村",
    )


def test_activity_of_june_has_the_names_of_june(activity):
    later = ActivityFactory(
        organization=activity.organization,
        community=activity.community,
        starts_at=timezone.make_aware(datetime(2026, 6, 1, 0, 5)),
    )

    [shown] = with_names_of_the_day([later])

    assert (str(shown.organization_then), str(shown.community_then)) == (
        "新支部",
        "新社区",
    )


@pytest.mark.parametrize("count", [1, 3])
def test_names_of_the_day_cost_four_queries(count, db, django_assert_num_queries):
    ActivityFactory.create_batch(count)
    activities = list(Activity.objects.select_related("organization", "community"))

    with django_assert_num_queries(4):
        with_names_of_the_day(activities)


def test_activity_page_shows_the_old_names_and_todays(activity, client):
    page = client.get(activity.get_absolute_url()).content.decode()

    assert "旧支部" in page
    assert "现名：新支部" in page
    assert "旧村" in page
    assert "现名：新社区" in page


@pytest.mark.parametrize("path", ["/", "/pillars/service/"])
def test_public_lists_show_the_old_names(path, activity, client):
    page = client.get(path).content.decode()

    assert "旧支部" in page
    assert "新支部" not in page
    assert "新社区" not in page
