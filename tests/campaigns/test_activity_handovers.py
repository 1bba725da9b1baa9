"""What a merger of organisations does to their activities, shifts and pairings."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity
from communities.actions.touched import what_is_touched
from communities.models import Pairing
from tests.communities.trees import MAY, ONE_DAY, Kind, change, committee
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import CommunityFactory, PairingFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory

pytestmark = pytest.mark.django_db

State = Activity.State


@pytest.fixture
def old():
    return committee(name="旧党委")


@pytest.fixture
def new(old):
    return committee(old.parent, name="新党委")


def at(day, hour=9):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def activity(organization, state=State.DRAFT, day=MAY, **values):
    return ActivityFactory(
        organization=organization, state=state, starts_at=at(day), **values
    )


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.PUBLISHED, State.ENDED, State.SUBMITTED, "returned"]
)
def test_open_activity_from_the_day_on_goes_to_the_successor(old, new, state):
    held = activity(old, state)

    change(old, Kind.MERGE, successor=new.pk)

    held.refresh_from_db()
    assert (held.organization, held.state) == (new, state)


@pytest.mark.parametrize(
    ("state", "day"),
    [
        (State.APPROVED, MAY),
        (State.CANCELLED, MAY),
        (State.ENDED, MAY - ONE_DAY),
        (State.SUBMITTED, MAY - ONE_DAY),
    ],
)
def test_past_activity_keeps_the_old_organisation(old, new, state, day):
    held = activity(old, state, day)

    change(old, Kind.MERGE, successor=new.pk)

    held.refresh_from_db()
    assert held.organization == old


def test_day_begins_at_midnight_in_beijing(old, new):
    last = ActivityFactory(organization=old, starts_at=at(MAY - ONE_DAY, 23))
    first = ActivityFactory(organization=old, starts_at=at(MAY, 0))

    change(old, Kind.MERGE, successor=new.pk)

    last.refresh_from_db()
    first.refresh_from_db()
    assert (last.organization, first.organization) == (old, new)


def test_preview_counts_the_shifts_that_follow(old, new):
    held = activity(old, State.PUBLISHED, timezone.localdate() + ONE_DAY)
    ShiftFactory.create_batch(2, activity=held)
    ShiftFactory(activity=held, state="cancelled")
    activity(old, State.APPROVED, MAY - ONE_DAY)

    touched = {
        row.name: ([held.text for held in row.rows], row.kept)
        for row in what_is_touched(old, on=MAY, to=new)
    }

    (title,), kept = touched["activities"]
    assert title.startswith(held.title)
    assert kept == 1
    assert touched["shifts"] == (["含班次 2 个"], 0)


def test_signups_stay_with_a_shift_that_changes_hands(old, new):
    held = activity(old, State.PUBLISHED, timezone.localdate() + ONE_DAY)
    signup = SignupFactory(shift=ShiftFactory(activity=held))

    change(old, Kind.MERGE, successor=new.pk)

    signup.refresh_from_db()
    assert signup.state == "confirmed"
    assert signup.shift.activity.organization == new


def test_units_paired_with_one_community_become_one_pairing(old, new):
    place = CommunityFactory()
    PairingFactory(organization=old, community=place)
    PairingFactory(organization=new, community=place)

    change(old, Kind.MERGE, successor=new.pk)

    def paired(day):
        rows = Pairing.objects.on(day).filter(community=place)
        return sorted(rows.values_list("organization__name", flat=True))

    assert paired(MAY - ONE_DAY) == ["新党委", "旧党委"]
    assert paired(MAY) == ["新党委"]


@pytest.mark.parametrize(
    ("state", "paired"),
    [(State.SUBMITTED, "新党委"), (State.APPROVED, "旧党委")],
    ids=["goes", "stays"],
)
def test_the_day_of_an_activity_is_paired_with_whoever_has_it(old, new, state, paired):
    place, day = CommunityFactory(), MAY + 3 * ONE_DAY
    PairingFactory(organization=old, community=place)
    held = activity(old, state, day, community=place, ends_at=at(day, 11))

    change(old, Kind.MERGE, successor=new.pk)

    held.refresh_from_db()
    assert held.organization.name == paired
    (row,) = Pairing.objects.on(day).filter(community=place)
    assert row.organization == held.organization


def test_only_the_chosen_activities_go_in_a_split(old):
    stays, goes = activity(old), activity(old)

    done = change(
        old,
        Kind.SPLIT,
        nodes=[{"name": "甲党委"}],
        assign={f"activities:{goes.pk}": 0},
    )

    stays.refresh_from_db()
    goes.refresh_from_db()
    assert stays.organization == old
    assert [goes.organization_id] == done.details["created"]


def test_split_that_dissolves_needs_no_place_for_shifts(old):
    held = activity(old, State.PUBLISHED, timezone.localdate() + ONE_DAY)
    ShiftFactory(activity=held)

    change(
        old,
        Kind.SPLIT,
        nodes=[{"name": "甲党委"}],
        assign={f"activities:{held.pk}": 0},
        dissolve=True,
    )

    held.refresh_from_db()
    assert held.organization.name == "甲党委"


def test_successor_shows_what_was_done_under_the_old_name(client, old, new):
    done = activity(old, State.APPROVED, MAY - ONE_DAY, is_public=True)
    change(old, Kind.MERGE, successor=new.pk)
    url = reverse("campaigns:organization_activities", args=[new.pk])

    page = client.get(url).content.decode()

    assert done.title in page
    assert "旧党委" in page


def test_activities_of_an_organisation_are_public_and_approved_only(client, old):
    shown = activity(old, State.APPROVED, is_public=True)
    hidden = activity(old, State.APPROVED, is_public=False)
    draft = activity(old)
    url = reverse("campaigns:organization_activities", args=[old.pk])

    page = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert shown.title in page
    assert hidden.title not in page
    assert draft.title not in page


@pytest.mark.parametrize("count", [1, 3])
def test_activities_take_a_fixed_number_of_queries(
    client, old, django_assert_num_queries, count
):
    for _number in range(count):
        activity(old, State.APPROVED, is_public=True)

    with django_assert_num_queries(7):
        client.get(reverse("campaigns:organization_activities", args=[old.pk]))
