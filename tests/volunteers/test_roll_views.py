"""The roll: who is shown, phones in full only around the day, whom it opens for."""

from datetime import timedelta

import pytest
from django.urls import reverse

from campaigns.models import Activity
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(organization):
    """A published activity of `organization`."""
    return ActivityFactory(organization=organization, state=Activity.State.PUBLISHED)


@pytest.fixture
def shift(activity):
    """A shift of `activity` with two places."""
    return ShiftFactory(activity=activity)


@pytest.fixture
def desk(signed_in, unit_official):
    """A client signed in for the organisation."""
    return signed_in(unit_official)


def url_of(shift):
    return reverse("volunteers:shift_roll", args=[shift.pk])


def roll(client, shift):
    return client.get(url_of(shift)).content.decode()


@pytest.mark.parametrize(
    ("wait", "is_full"),
    [
        pytest.param(timedelta(days=-7, seconds=-1), False, id="over 7 days before"),
        pytest.param(timedelta(days=-7), True, id="7 days before"),
        pytest.param(timedelta(days=30, hours=2), True, id="30 days after its end"),
        pytest.param(
            timedelta(days=30, hours=2, seconds=1), False, id="over 30 days after"
        ),
    ],
)
def test_shift_roll_shows_phones_around_the_day(
    wait, is_full, signed_in, unit_official, shift, time_machine
):
    SignupFactory(shift=shift, volunteer__user__phone="+8613800001234")
    time_machine.move_to(shift.starts_at + wait, tick=False)

    page = roll(signed_in(unit_official), shift)

    assert ("13800001234" in page, "138****1234" in page) == (is_full, not is_full)


def test_shift_roll_lists_places_and_waitlist_in_order(desk, shift):
    held = SignupFactory.create_batch(2, shift=shift)
    waiting = SignupFactory.create_batch(2, shift=shift, state="waitlisted")
    SignupFactory(shift=shift, state="cancelled")

    context = desk.get(url_of(shift)).context

    assert (list(context["confirmed"]), list(context["waiting"])) == (held, waiting)


@pytest.mark.parametrize(
    ("wait", "status"),
    [
        pytest.param(timedelta(days=-5), 200, id="before"),
        pytest.param(timedelta(days=10), 200, id="ten days after the end"),
        pytest.param(timedelta(days=10, seconds=1), 403, id="later"),
    ],
)
def test_shift_roll_opens_for_a_leader_in_time(
    wait, status, signed_in, stranger, shift, time_machine
):
    shift.activity.leaders.add(stranger)
    time_machine.move_to(shift.activity.ends_at + wait, tick=False)

    assert signed_in(stranger).get(url_of(shift)).status_code == status


def test_shift_roll_gives_a_leader_no_buttons(signed_in, stranger, desk, shift):
    shift.activity.leaders.add(stranger)
    SignupFactory(shift=shift)

    pages = [roll(client, shift) for client in (signed_in(stranger), desk)]

    assert ["代为取消" in page for page in pages] == [False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_shift_roll_asks_a_fixed_number_of_queries(
    count, desk, activity, django_assert_num_queries
):
    shift = ShiftFactory(activity=activity, capacity=1)
    SignupFactory(shift=shift)
    SignupFactory.create_batch(count, shift=shift, state="waitlisted")

    with django_assert_num_queries(8):
        desk.get(url_of(shift))
