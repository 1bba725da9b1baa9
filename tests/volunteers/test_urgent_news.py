"""News of a shift that cannot wait for the end of the night."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications.routing import route_due
from campaigns.models import Activity
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import (
    cancel_activity_with_shifts,
    cancel_shift,
    update_shift,
)
from volunteers.notices.shifts import offer_taken_back, signup_moved
from volunteers.notices.signups import signup_cancelled_by_organizer
from volunteers.notices.stand_ins import place_taken_over

pytestmark = pytest.mark.django_db
NIGHT = timezone.make_aware(datetime(2026, 5, 3, 22))
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def night(time_machine):
    """It is ten in the evening, within the quiet hours."""
    time_machine.move_to(NIGHT, tick=False)


@pytest.fixture
def activity(db):
    """One that lasts for days."""
    return ActivityFactory(
        state=Activity.State.PUBLISHED,
        starts_at=NIGHT - timedelta(days=5),
        ends_at=NIGHT + timedelta(days=5),
    )


def shift_in(activity, hours):
    """A shift that starts so many hours after ten in the evening; one has a place."""
    start = NIGHT + hours * HOUR
    shift = ShiftFactory(activity=activity, starts_at=start, ends_at=start + HOUR)
    SignupFactory(shift=shift)
    return shift


def sent_at_night(kind):
    """Whether each message of the kind goes out at once."""
    route_due(now=NIGHT)
    rows = Notification.objects.filter(kind=kind).order_by("pk")
    return [state == "routed" for state in rows.values_list("outbox_state", flat=True)]


# The night ends at 08:00, ten hours on; who starts by ten sets out before.
@pytest.mark.parametrize(("hours", "at_once"), [(9, True), (12, True), (13, False)])
def test_cancelled_shift_is_told_before_people_set_out(activity, hours, at_once):
    shift = shift_in(activity, hours)

    cancel_shift(shift=shift, reason="台风", by=UserFactory(), now=NIGHT)

    assert sent_at_night("shift_cancelled") == [at_once]


@pytest.mark.parametrize(
    ("was", "hours", "at_once"), [(9, 15, True), (15, 9, True), (15, 16, False)]
)
def test_moved_shift_is_told_before_the_earlier_start(activity, was, hours, at_once):
    start = NIGHT + hours * HOUR
    update_shift(
        shift=shift_in(activity, was),
        values={"starts_at": start, "ends_at": start + HOUR},
        by=UserFactory(),
        now=NIGHT,
    )

    assert sent_at_night("shift_changed") == [at_once]


def test_cancelled_activity_is_told_before_its_first_shift_of_each(activity):
    for hours in (9, 30):
        shift_in(activity, hours)

    cancel_activity_with_shifts(
        activity=activity, reason="台风", by=UserFactory(), now=NIGHT
    )

    assert sent_at_night("activity_cancelled") == [True, False]


@pytest.mark.parametrize(
    "tell",
    [
        pytest.param(signup_cancelled_by_organizer, id="signup_cancelled"),
        pytest.param(place_taken_over, id="place_taken_over"),
        pytest.param(partial(signup_moved, now=NIGHT), id="signup_moved"),
        pytest.param(partial(offer_taken_back, offered_at=NIGHT), id="taken back"),
    ],
)
def test_news_of_a_lost_place_is_told_before_the_person_sets_out(activity, tell):
    tell(shift_in(activity, 9).signups.get())

    route_due(now=NIGHT)
    assert Notification.objects.get().outbox_state == "routed"
