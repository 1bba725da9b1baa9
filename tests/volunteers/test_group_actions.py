"""Families and branches: signing up together, joining, leaving, what is released."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from campaigns.models import Activity
from core.models import AuditEntry
from tests.factories.communities import OrganizationFactory
from tests.factories.groups import ShiftPostFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.volunteers.counts import assert_counts_match, counts_of
from volunteers.actions import (
    cancel_signup,
    join_group,
    leave_companion,
    name_companion,
    release_open_companions,
    sign_up,
    sign_up_group,
)
from volunteers.models import Companion, Shift, Signup, SignupGroup, Skill
from volunteers.rules import SignupClosed, SignupRefused

pytestmark = pytest.mark.django_db
ADULT, MINOR, CHILD = Companion.AgeBand.ADULT, "14-17", "0-13"


@pytest.fixture
def shift():
    """By day, with four places."""
    return day_shift(capacity=4)


def day_shift(**values):
    start = timezone.localtime() + timedelta(days=4)
    return ShiftFactory(starts_at=start.replace(hour=9, minute=0), **values)


def named(age_band=ADULT):
    return Companion(name="示例同行", age_band=age_band)


def together(shift, companions, *, kind="family", contact=None, **values):
    return sign_up_group(
        shift=shift,
        contact=contact or VolunteerFactory(),
        kind=kind,
        companions=companions,
        now=values.pop("now", None) or timezone.now(),
        **values,
    )


def refused(shift, companions, **values):
    with pytest.raises(SignupRefused) as error:
        together(shift, companions, **values)
    assert SignupGroup.objects.count() == 0
    return error.value.code


def join(signup, person=None):
    person = person or VolunteerFactory()
    return join_group(group=signup.group, volunteer=person, now=timezone.now())


def cancel(signup):
    by = signup.volunteer.user
    return cancel_signup(signup=signup, by=by, now=timezone.now())


def test_sign_up_group_takes_a_place_for_each(shift):
    signup = together(shift, [named(), Companion()])

    assert (signup.state, signup.heads) == ("confirmed", 3)
    assert counts_of(shift) == {"taken": 3, "waiting": 0}
    assert_counts_match(shift)
    rows = signup.group.companions.values_list("name", "consented_at")
    assert [(name, at is None) for name, at in rows] == [
        ("示例同行", False),
        ("", True),
    ]
    lines = AuditEntry.objects.filter(verb="volunteers.signup_group_created")
    assert [line.actor_id for line in lines] == [signup.volunteer.user_id]
    assert not AuditEntry.objects.filter(target_name__contains="示例同行").exists()


def test_sign_up_group_waits_until_all_its_places_are_free(shift):
    held = [SignupFactory(shift=shift) for _place in range(3)]
    signup = together(shift, [Companion(), Companion()])
    assert (signup.state, signup.position) == ("waitlisted", 1)

    assert cancel(held[0]) == []
    assert cancel(held[1]) == [signup]

    assert counts_of(shift) == {"taken": 4, "waiting": 0}
    assert_counts_match(shift)


def test_sign_up_group_of_one_who_is_in_already_leaves_no_group(shift):
    held = SignupFactory(shift=shift)

    assert refused(shift, [named()], contact=held.volunteer) == "already_signed_up"


@pytest.mark.parametrize(
    ("count", "values"),
    [
        pytest.param(0, {}, id="nobody along"),
        pytest.param(3, {"group_limit": 3}, id="above the limit"),
        pytest.param(2, {"capacity": 2}, id="more than all places"),
    ],
)
def test_sign_up_group_of_a_size_not_allowed_is_refused(count, values):
    shift = day_shift(**{"capacity": 9, **values})

    assert refused(shift, [Companion() for _row in range(count)]) == "group"


@pytest.mark.parametrize(
    ("companion", "values", "code"),
    [
        pytest.param(CHILD, {"is_guardian": False}, "needs_guardian", id="child"),
        pytest.param(MINOR, {"is_guardian": False}, "needs_guardian", id="minor"),
        pytest.param(CHILD, {"kind": "branch"}, "age", id="child with a branch"),
        pytest.param("", {}, "group", id="no age told"),
    ],
)
def test_sign_up_group_with_a_minor_asks_for_a_guardian(companion, values, code, shift):
    values = {"is_guardian": True, "organization": OrganizationFactory(), **values}

    assert refused(shift, [named(companion)], **values) == code


@pytest.mark.parametrize("age", [CHILD, MINOR])
def test_sign_up_group_with_a_minor_takes_no_risk(age):
    shift = day_shift(capacity=4)
    Activity.objects.filter(pk=shift.activity_id).update(risk=Activity.Risk.MEDIUM)

    assert refused(shift, [named(age)], is_guardian=True) == "age"


@pytest.mark.parametrize("age", [CHILD, MINOR])
def test_sign_up_group_of_a_guardian_takes_minors_along(age, shift):
    assert together(shift, [named(age)], is_guardian=True).heads == 2


def test_sign_up_group_by_a_minor_is_refused(shift):
    contact = VolunteerFactory(
        user__age_band=MINOR, guardian_consented_at=timezone.now()
    )

    assert refused(shift, [named()], contact=contact) == "age"


def test_sign_up_group_of_a_branch_names_it(shift):
    branch = OrganizationFactory()
    assert refused(shift, [named()], kind="branch") == "group"

    signup = together(shift, [named()], kind="branch", organization=branch)

    assert signup.group.organization == branch


def test_sign_up_group_for_a_post_with_a_skill_is_refused(shift):
    skill = Skill.objects.create(title="示例技能")
    post = ShiftPostFactory(shift=shift, capacity=4, skill=skill)

    assert refused(shift, [named()], post=post) == "skill"


def test_join_group_takes_over_an_open_place(shift):
    signup = together(shift, [named(), Companion()])

    joined = join(signup)

    signup.refresh_from_db()
    assert (signup.heads, joined.heads, joined.state) == (2, 1, "confirmed")
    assert joined.companion.group == signup.group
    assert counts_of(shift) == {"taken": 3, "waiting": 0}
    assert_counts_match(shift)
    told = Notification.objects.get(recipient=joined.volunteer.user)
    assert told.kind == "signup_made"


def test_join_group_by_who_waits_ends_their_waiting(shift):
    signup = together(shift, [Companion()])
    row = Shift.objects.get(pk=shift.pk)
    waiting = SignupFactory(shift=row, state="waitlisted")

    joined = join(signup, waiting.volunteer)

    waiting.refresh_from_db()
    assert (waiting.state, joined.state) == ("cancelled", "confirmed")
    assert counts_of(shift) == {"taken": 2, "waiting": 0}
    assert_counts_match(shift)


def test_join_group_without_an_open_place_is_refused(shift):
    signup = together(shift, [named(), Companion()])
    join(signup)

    with pytest.raises(SignupRefused) as error:
        join(signup)

    assert error.value.code == "full"


def test_join_group_that_waits_is_refused(shift):
    SignupFactory.create_batch(4, shift=shift)
    signup = together(shift, [Companion()])

    with pytest.raises(SignupRefused) as error:
        join(signup)

    assert error.value.code == "waiting"


def test_join_group_of_a_clashing_person_is_refused(shift):
    signup = together(shift, [Companion()])
    busy = SignupFactory(shift=ShiftFactory(starts_at=shift.starts_at)).volunteer

    with pytest.raises(SignupRefused) as error:
        join(signup, busy)

    assert error.value.code == "clash"


def test_join_group_twice_is_refused(shift):
    signup = together(shift, [Companion(), Companion()])
    person = join(signup).volunteer

    with pytest.raises(SignupRefused) as error:
        join(signup, person)

    assert error.value.code == "already_signed_up"
    assert_counts_match(shift)


def test_cancelling_the_contact_frees_what_it_holds_and_tells_who_joined(shift):
    signup = together(shift, [named(), Companion(), Companion()])
    joined = join(signup)
    shift.refresh_from_db()
    waiting = [SignupFactory(shift=shift, state="waitlisted") for _row in range(3)]

    signup.refresh_from_db()
    offered = cancel(signup)

    assert offered == waiting
    joined.refresh_from_db()
    assert joined.state == "confirmed"
    assert Companion.objects.held().count() == 0
    assert_counts_match(shift)
    kinds = Notification.objects.filter(recipient=joined.volunteer.user)
    assert kinds.filter(kind="group_contact_left").exists()
    with pytest.raises(SignupClosed):
        join(signup)


def test_leave_companion_offers_the_place_on(shift):
    signup = together(shift, [named(), Companion(), Companion()])
    waiting = SignupFactory(shift=Shift.objects.get(pk=shift.pk), state="waitlisted")
    companion = signup.group.companions.first()

    offered = leave_companion(
        companion=companion, by=signup.volunteer.user, now=timezone.now()
    )

    signup.refresh_from_db()
    assert (offered, signup.heads) == ([waiting], 3)
    assert_counts_match(shift)
    with pytest.raises(SignupClosed):
        leave_companion(
            companion=companion, by=signup.volunteer.user, now=timezone.now()
        )


def test_leave_companion_of_who_joined_is_refused(shift):
    signup = together(shift, [Companion()])
    companion = join(signup).companion

    with pytest.raises(SignupClosed):
        leave_companion(
            companion=companion, by=signup.volunteer.user, now=timezone.now()
        )


def test_name_companion_keeps_the_place_for_a_person(shift):
    signup = together(shift, [Companion()])
    companion = signup.group.companions.get()
    values = {"name": "示例", "by": signup.volunteer.user, "now": timezone.now()}

    with pytest.raises(SignupRefused):
        name_companion(companion=companion, age_band=MINOR, **values)
    companion = name_companion(companion=companion, age_band=ADULT, **values)

    assert (companion.name, companion.consented_at) == ("示例", values["now"])


def test_release_open_companions_offers_their_places_on(shift):
    signup = together(shift, [named(), Companion(), Companion()])
    waiting = SignupFactory(shift=Shift.objects.get(pk=shift.pk), state="waitlisted")
    closes = shift.signup_closes_at
    assert release_open_companions(now=closes - timedelta(seconds=1)) == 0

    counts = [release_open_companions(now=closes) for _run in range(2)]

    signup.refresh_from_db()
    waiting.refresh_from_db()
    assert (counts, signup.heads, waiting.state) == ([2, 0], 2, "offered")
    assert_counts_match(shift)
    assert Notification.objects.filter(
        recipient=signup.volunteer.user, kind="companions_released"
    ).exists()


def test_release_open_companions_leaves_counts_of_a_started_shift(shift):
    together(shift, [Companion()])

    assert release_open_companions(now=shift.starts_at) == 0

    assert counts_of(shift)["taken"] == 2


def test_sign_up_beside_a_group_that_does_not_fit_takes_the_last_place(shift):
    SignupFactory.create_batch(3, shift=shift)
    group = together(shift, [Companion()])

    single = sign_up(shift=shift, volunteer=VolunteerFactory(), now=timezone.now())

    assert (group.state, single.state) == ("waitlisted", "confirmed")
    assert Signup.objects.get(pk=group.pk).position == 1
