"""Signing up: a place, the waitlist, or a refusal that names its reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification, User
from campaigns.models import Activity
from core.models import AuditEntry
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.volunteers.counts import assert_counts_match, counts_of
from volunteers import rules
from volunteers.actions import sign_up
from volunteers.models import Shift, Signup
from volunteers.rules import SignupRefused

pytestmark = pytest.mark.django_db
CONFIRMED, WAITLISTED = Signup.State.CONFIRMED, Signup.State.WAITLISTED


def refusal_code(shift, volunteer, *, now=None):
    with pytest.raises(SignupRefused) as refused:
        sign_up(shift=shift, volunteer=volunteer, now=now or timezone.now())
    assert_counts_match(shift)
    return refused.value.code


def minor(**values):
    return VolunteerFactory(user__age_band=User.AgeBand.MINOR, **values)


def guarded_minor():
    return minor(guardian_name="示例监护人", guardian_consented_at=timezone.now())


def shift_of(**activity_values):
    activity = ActivityFactory(**{"state": Activity.State.PUBLISHED, **activity_values})
    return ShiftFactory(activity=activity)


def test_sign_up_with_a_free_place_confirms():
    shift, volunteer = ShiftFactory(), VolunteerFactory()

    signup = sign_up(shift=shift, volunteer=volunteer, now=timezone.now())

    assert (signup.state, signup.position) == (CONFIRMED, None)
    assert counts_of(shift) == {"taken": 1, "waiting": 0}
    assert_counts_match(shift)


def test_sign_up_beyond_capacity_waits_in_order():
    shift = ShiftFactory(capacity=1)
    people = VolunteerFactory.create_batch(4)

    signups = [
        sign_up(shift=shift, volunteer=person, now=timezone.now()) for person in people
    ]

    assert [(row.state, row.position) for row in signups] == [
        (CONFIRMED, None),
        (WAITLISTED, 1),
        (WAITLISTED, 2),
        (WAITLISTED, 3),
    ]
    assert counts_of(shift) == {"taken": 1, "waiting": 3}
    assert_counts_match(shift)


@pytest.mark.parametrize(
    ("waitlist_capacity", "code"),
    [
        pytest.param(1, "waitlist_full", id="waitlist full"),
        pytest.param(0, "full", id="no waitlist"),
    ],
)
def test_sign_up_without_room_is_refused(waitlist_capacity, code):
    shift = ShiftFactory(capacity=1, waitlist_capacity=waitlist_capacity)
    for _place in range(1 + waitlist_capacity):
        sign_up(shift=shift, volunteer=VolunteerFactory(), now=timezone.now())

    assert refusal_code(shift, VolunteerFactory()) == code


@pytest.mark.parametrize(
    ("state", "code"),
    [
        pytest.param(Activity.State.DRAFT, "not_open", id="draft"),
        pytest.param(Activity.State.CANCELLED, "cancelled", id="cancelled"),
        pytest.param(Activity.State.ENDED, "closed", id="ended"),
        pytest.param(Activity.State.APPROVED, "closed", id="approved"),
    ],
)
def test_sign_up_for_an_activity_not_open_is_refused(state, code):
    assert refusal_code(shift_of(state=state), VolunteerFactory()) == code


def test_sign_up_for_a_cancelled_shift_is_refused():
    shift = ShiftFactory(state=Shift.State.CANCELLED)

    assert refusal_code(shift, VolunteerFactory()) == "cancelled"


@pytest.mark.parametrize(
    "minutes", [pytest.param(0, id="at closing"), pytest.param(24 * 60, id="at start")]
)
def test_sign_up_from_the_closing_minute_on_is_refused(minutes):
    shift = ShiftFactory()
    now = shift.signup_closes_at + timedelta(minutes=minutes)

    assert refusal_code(shift, VolunteerFactory(), now=now) == "closed"


def test_sign_up_a_second_before_closing_confirms():
    shift = ShiftFactory()
    now = shift.signup_closes_at - timedelta(seconds=1)

    assert sign_up(shift=shift, volunteer=VolunteerFactory(), now=now).is_live


@pytest.mark.parametrize("state", [CONFIRMED, WAITLISTED])
def test_sign_up_twice_is_refused(state):
    held = SignupFactory(state=state)

    assert refusal_code(held.shift, held.volunteer) == "already_signed_up"


def test_sign_up_again_after_cancelling_makes_a_new_row():
    old = SignupFactory(state=Signup.State.CANCELLED)

    signup = sign_up(shift=old.shift, volunteer=old.volunteer, now=timezone.now())

    assert list(old.shift.signups.values_list("pk", "state")) == [
        (old.pk, Signup.State.CANCELLED),
        (signup.pk, CONFIRMED),
    ]


def test_sign_up_that_meets_the_unique_constraint_is_refused(monkeypatch):
    held = SignupFactory()
    monkeypatch.setattr(rules, "_already_in", lambda *args: None)

    assert refusal_code(held.shift, held.volunteer) == "already_signed_up"
    assert Notification.objects.count() == 0


def test_sign_up_that_clashes_names_the_other_shift():
    shift = ShiftFactory()
    other = ShiftFactory(
        starts_at=shift.starts_at + timedelta(hours=1), title="交通劝导"
    )
    held = SignupFactory(shift=other)

    with pytest.raises(SignupRefused, match="交通劝导") as refused:
        sign_up(shift=shift, volunteer=held.volunteer, now=timezone.now())

    assert refused.value.code == "clash"


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(WAITLISTED, id="only waits there"),
        pytest.param(Signup.State.CANCELLED, id="gave it up"),
    ],
)
def test_sign_up_beside_a_place_not_held_confirms(state):
    shift = ShiftFactory()
    other = SignupFactory(shift=ShiftFactory(starts_at=shift.starts_at), state=state)

    signup = sign_up(shift=shift, volunteer=other.volunteer, now=timezone.now())

    assert signup.state == CONFIRMED


def test_sign_up_beside_a_cancelled_shift_confirms():
    shift = ShiftFactory()
    gone = ShiftFactory(starts_at=shift.starts_at, state=Shift.State.CANCELLED)
    kept = SignupFactory(shift=gone)

    signup = sign_up(shift=shift, volunteer=kept.volunteer, now=timezone.now())

    assert signup.state == CONFIRMED


def test_sign_up_for_the_shift_right_after_confirms():
    held = SignupFactory()
    shift = ShiftFactory(starts_at=held.shift.ends_at)

    assert sign_up(shift=shift, volunteer=held.volunteer, now=timezone.now()).state == (
        CONFIRMED
    )


@pytest.mark.parametrize("risk", [Activity.Risk.MEDIUM, Activity.Risk.HIGH])
def test_sign_up_of_a_minor_with_risk_is_refused(risk):
    assert refusal_code(shift_of(risk=risk), guarded_minor()) == "age"


def test_sign_up_of_a_minor_at_night_is_refused():
    start = timezone.localtime() + timedelta(days=3)
    shift = ShiftFactory(starts_at=start.replace(hour=21, minute=0))

    assert refusal_code(shift, guarded_minor()) == "age"


def test_sign_up_of_a_minor_without_guardian_is_refused():
    start = timezone.localtime() + timedelta(days=3)
    shift = ShiftFactory(starts_at=start.replace(hour=9, minute=0))

    assert refusal_code(shift, minor()) == "needs_guardian"
    assert sign_up(shift=shift, volunteer=guarded_minor(), now=timezone.now())


def test_sign_up_is_told_and_recorded():
    shift, volunteer = ShiftFactory(capacity=1), VolunteerFactory()
    SignupFactory(shift=shift)

    signup = sign_up(shift=shift, volunteer=volunteer, now=timezone.now())

    told = Notification.objects.values_list(
        "recipient", "kind", "object_id", "outbox_state"
    )
    assert list(told) == [(volunteer.user_id, "signup_made", signup.pk, "none")]
    assert "候补序号为 1" in Notification.objects.get().body
    lines = AuditEntry.objects.filter(target_type="volunteers.Signup").values_list(
        "verb", "actor_id", "target_id", "data"
    )
    assert list(lines) == [
        ("volunteers.signup_waitlisted", volunteer.user_id, signup.pk, {"position": 1})
    ]
