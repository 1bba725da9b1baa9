"""Opening, changing and cancelling shifts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions import ActivityRefused
from campaigns.models import Activity
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import (
    ShiftFactory,
    SignupFactory,
    VolunteerFactory,
    remind,
)
from tests.volunteers.counts import assert_counts_match, counts_of
from volunteers.actions import (
    ShiftRefused,
    cancel_activity_with_shifts,
    cancel_shift,
    open_shift,
    update_shift,
)
from volunteers.models import Shift, Signup

pytestmark = pytest.mark.django_db
WAITLISTED = Signup.State.WAITLISTED


@pytest.fixture
def official(db):
    """Who organises."""
    return UserFactory()


@pytest.fixture
def shift(db):
    """A shift with two places."""
    return ShiftFactory()


def change(shift, official, *, now=None, **values):
    now = now or timezone.now()
    return update_shift(shift=shift, values=values, by=official, now=now)


def told():
    rows = Notification.objects.order_by("recipient", "pk")
    return list(rows.values_list("recipient", "kind", "object_id", "outbox_state"))


def new_shift(activity, **values):
    starts_at = activity.starts_at
    return Shift(
        **{
            "activity": activity,
            "title": "示例岗位",
            "place": "示例集合点",
            "capacity": 5,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "signup_closes_at": starts_at,
            **values,
        }
    )


@pytest.mark.parametrize("state", [Activity.State.DRAFT, Activity.State.PUBLISHED])
def test_open_shift_adds_it_and_records_who(state, official):
    activity = ActivityFactory(state=state)

    shift = open_shift(shift=new_shift(activity), by=official)

    assert list(activity.shifts.all()) == [shift]
    entry = AuditEntry.objects.get(verb="volunteers.shift_opened")
    assert (entry.target_id, entry.actor_id) == (shift.pk, official.pk)


@pytest.mark.parametrize(
    "state",
    [state for state in Activity.State if state not in {"draft", "published"}],
)
def test_open_shift_of_an_activity_in_another_state_is_refused(state, official):
    activity = ActivityFactory(state=state)

    with pytest.raises(ShiftRefused, match="不能再增减班次"):
        open_shift(shift=new_shift(activity), by=official)

    assert Shift.objects.count() == 0


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(-1, 60, id="starts before the activity"),
        pytest.param(60, 24 * 60 + 1, id="ends after the activity"),
    ],
)
def test_open_shift_outside_its_activity_is_refused(start, end, official):
    activity = ActivityFactory()
    times = {
        "starts_at": activity.starts_at + timedelta(minutes=start),
        "ends_at": activity.starts_at + timedelta(minutes=end),
    }

    with pytest.raises(ShiftRefused, match="起止时间之内"):
        open_shift(shift=new_shift(activity, **times), by=official)


def test_update_shift_below_the_places_taken_is_refused(shift, official):
    SignupFactory.create_batch(2, shift=shift)

    with pytest.raises(ShiftRefused, match="需让出 1 个名额"):
        change(shift, official, capacity=1)

    assert Shift.objects.get(pk=shift.pk).capacity == 2


def test_update_shift_offers_as_many_as_the_new_places(shift, official):
    SignupFactory.create_batch(2, shift=shift)
    SignupFactory.create_batch(4, shift=shift, state=WAITLISTED)

    change(shift, official, capacity=5)

    assert counts_of(shift) == {"taken": 5, "waiting": 1}
    assert [row.position for row in shift.signups.waitlisted()] == [4]
    assert_counts_match(shift)


def test_update_shift_offers_a_long_waitlist_whole(shift, official):
    SignupFactory.create_batch(2, shift=shift)
    SignupFactory.create_batch(30, shift=shift, state=WAITLISTED)

    change(shift, official, capacity=40)

    assert counts_of(shift) == {"taken": 32, "waiting": 0}
    assert_counts_match(shift)


def test_update_shift_offers_past_a_clashing_person(shift, official):
    SignupFactory.create_batch(2, shift=shift)
    busy, _second = SignupFactory.create_batch(2, shift=shift, state=WAITLISTED)
    elsewhere = ShiftFactory(starts_at=shift.starts_at)
    SignupFactory(shift=elsewhere, volunteer=busy.volunteer)

    change(shift, official, capacity=4)

    assert list(shift.signups.waitlisted()) == [busy]
    assert_counts_match(shift)


def test_update_shift_outside_its_activity_is_refused(shift, official):
    with pytest.raises(ShiftRefused, match="起止时间之内"):
        change(shift, official, ends_at=shift.activity.ends_at + timedelta(hours=1))


@pytest.mark.parametrize(
    ("state", "wait"),
    [
        pytest.param(Shift.State.SCHEDULED, timedelta(), id="started"),
        pytest.param(Shift.State.CANCELLED, timedelta(days=-1), id="cancelled"),
    ],
)
def test_update_shift_that_is_closed_is_refused(state, wait, official):
    shift = ShiftFactory(state=state)

    with pytest.raises(ShiftRefused, match="已开始或已取消"):
        change(shift, official, now=shift.starts_at + wait, title="新名称")


def test_update_shift_tells_everybody_signed_up_of_a_new_time(official):
    shift = ShiftFactory(capacity=1)
    held = SignupFactory(shift=shift)
    waiting = SignupFactory(shift=shift, state=WAITLISTED)
    SignupFactory(shift=shift, state=Signup.State.CANCELLED)

    change(shift, official, starts_at=shift.starts_at + timedelta(minutes=30))

    assert told() == [
        (held.volunteer.user_id, "shift_changed", shift.pk, "due"),
        (waiting.volunteer.user_id, "shift_changed", shift.pk, "due"),
    ]


def test_update_shift_twice_tells_both_changes(shift, official):
    SignupFactory(shift=shift)

    change(shift, official, place="示例东门")
    change(shift, official, place="示例西门")

    bodies = Notification.objects.order_by("pk").values_list("body", flat=True)
    assert [("东门" in body, "西门" in body) for body in bodies] == [
        (True, False),
        (False, True),
    ]


def test_update_shift_to_a_new_time_drops_the_reminder_not_sent_yet(shift, official):
    held = SignupFactory(shift=shift)
    remind(held)

    change(shift, official, starts_at=shift.starts_at + timedelta(minutes=30))

    states = dict(Notification.objects.values_list("kind", "outbox_state"))
    assert states == {"shift_reminder": "dropped", "shift_changed": "due"}


def test_update_shift_of_the_title_alone_tells_nobody(shift, official):
    SignupFactory(shift=shift)
    title = shift.title

    change(shift, official, title="新岗位", place=shift.place)

    assert told() == []
    entry = AuditEntry.objects.get(verb="volunteers.shift_changed")
    changes = {"title": [title, "新岗位"]}
    assert entry.actor_id == official.pk
    assert entry.data == {"fields": ["title"], "changes": changes}


def test_cancel_shift_tells_everybody_once_and_keeps_the_rows(shift, official):
    held = SignupFactory(shift=shift)
    waiting = SignupFactory(shift=shift, state=WAITLISTED)
    SignupFactory(shift=shift, state=Signup.State.CANCELLED)

    cancel_shift(shift=shift, reason=" 台风 ", by=official, now=timezone.now())

    assert told() == [
        (held.volunteer.user_id, "shift_cancelled", shift.pk, "due"),
        (waiting.volunteer.user_id, "shift_cancelled", shift.pk, "due"),
    ]
    assert shift.signups.live().count() == 2
    entry = AuditEntry.objects.get(verb="volunteers.shift_cancelled")
    assert (entry.actor_id, entry.reason) == (official.pk, "台风")


def test_cancel_shift_drops_the_reminder_not_sent_yet(shift, official):
    held = SignupFactory(shift=shift)
    remind(held)

    cancel_shift(shift=shift, reason="台风", by=official, now=timezone.now())

    states = dict(Notification.objects.values_list("kind", "outbox_state"))
    assert states == {"shift_reminder": "dropped", "shift_cancelled": "due"}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_cancel_shift_without_a_reason_is_refused(reason, shift, official):
    with pytest.raises(ShiftRefused, match="理由"):
        cancel_shift(shift=shift, reason=reason, by=official, now=timezone.now())


def test_cancel_shift_that_started_is_refused(shift, official):
    with pytest.raises(ShiftRefused, match="班次已开始"):
        cancel_shift(shift=shift, reason="台风", by=official, now=shift.starts_at)


def test_cancel_shift_twice_is_refused(shift, official):
    SignupFactory(shift=shift)
    cancel_shift(shift=shift, reason="台风", by=official, now=timezone.now())

    with pytest.raises(MoveRefused):
        cancel_shift(shift=shift, reason="台风", by=official, now=timezone.now())

    assert len(told()) == 1


def cancel_activity(activity, official, reason="台风"):
    return cancel_activity_with_shifts(
        activity=activity, reason=reason, by=official, now=timezone.now()
    )


def test_cancel_activity_with_shifts_tells_each_person_once(shift, official):
    later = ShiftFactory(activity=shift.activity, starts_at=shift.ends_at)
    both, one = VolunteerFactory.create_batch(2)
    SignupFactory(shift=shift, volunteer=both)
    SignupFactory(shift=later, volunteer=both)
    SignupFactory(shift=later, volunteer=one, state=WAITLISTED)

    activity = cancel_activity(shift.activity, official)

    assert activity.state == Activity.State.CANCELLED
    assert told() == [
        (both.user_id, "activity_cancelled", activity.pk, "due"),
        (one.user_id, "activity_cancelled", activity.pk, "due"),
    ]
    assert set(activity.shifts.values_list("state", flat=True)) == {"cancelled"}
    assert Signup.objects.live().count() == 3


def test_cancel_activity_with_shifts_names_reason_and_shifts(shift, official):
    SignupFactory(shift=shift)

    cancel_activity(shift.activity, official, reason=" 台风 ")

    message = Notification.objects.get()
    assert shift.activity.title in message.title
    assert (shift.title in message.body, "原因：台风" in message.body) == (True, True)


def test_cancel_activity_with_shifts_keeps_one_already_started(official):
    activity = ActivityFactory(
        state=Activity.State.PUBLISHED, starts_at=timezone.now() - timedelta(hours=1)
    )
    running = ShiftFactory(activity=activity)
    coming = ShiftFactory(
        activity=activity, starts_at=timezone.now() + timedelta(hours=2)
    )

    cancel_activity(activity, official)

    states = dict(activity.shifts.values_list("pk", "state"))
    assert states == {running.pk: "scheduled", coming.pk: "cancelled"}


def test_cancel_activity_with_shifts_without_a_reason_changes_nothing(shift, official):
    with pytest.raises((ActivityRefused, ShiftRefused), match="理由"):
        cancel_activity(shift.activity, official, reason=" ")

    shift.refresh_from_db()
    assert (shift.state, shift.activity.state) == ("scheduled", "published")


def test_cancel_activity_with_shifts_of_a_submitted_one_changes_nothing(official):
    activity = ActivityFactory(state=Activity.State.SUBMITTED)
    shift = ShiftFactory(activity=activity)
    SignupFactory(shift=shift)

    with pytest.raises(MoveRefused):
        cancel_activity(activity, official)

    shift.refresh_from_db()
    assert (shift.state, told()) == ("scheduled", [])
