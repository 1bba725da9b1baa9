"""Who confirms hours, and what a rejected correction gives back."""

import pytest
from django.utils import timezone

from accounts.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory
from tests.factories.hours import LateEntryFactory, RecordFactory
from tests.factories.volunteers import SignupFactory
from volunteers.actions.corrections import correct_record
from volunteers.actions.excuses import excuse_signup
from volunteers.actions.hours import HoursRefused, confirm_record, reject_record
from volunteers.models import ServiceRecord, Signup
from volunteers.permissions import can_confirm_record

pytestmark = pytest.mark.django_db


def confirm(record, by):
    return confirm_record(record=record, by=by, now=timezone.now())


def official_of(organization):
    return MembershipFactory(role="unit", organization=organization).user


@pytest.mark.parametrize("state", ["recorded", "in_review"])
def test_confirm_lets_the_record_count_and_says_so(state):
    record, official = RecordFactory(state=state), UserFactory()

    confirm(record, official)

    record.refresh_from_db()
    assert (record.counts, record.decided_by) == (True, official)
    assert Notification.objects.get(kind="record_confirmed")


@pytest.mark.parametrize(
    "who", [lambda row: row.volunteer.user, lambda row: row.recorded_by]
)
def test_nobody_confirms_what_is_their_own_or_what_they_recorded(who):
    record = RecordFactory(state="recorded")

    with pytest.raises(HoursRefused):
        confirm(record, who(record))

    with pytest.raises(HoursRefused):
        reject_record(record=record, reason="示例", by=who(record), now=timezone.now())


def test_confirm_of_a_decided_record_is_refused():
    with pytest.raises(HoursRefused, match="已作废"):
        confirm(RecordFactory(state="voided"), UserFactory())


@pytest.mark.parametrize(
    ("level", "own", "superior", "office"),
    [
        ("direct", True, True, True),
        ("superior", False, True, True),
        ("office", False, False, True),
    ],
)
def test_the_level_says_who_confirms(level, own, superior, office, office_official):
    record = RecordFactory(state="recorded", level=level)
    organization = record.activity.organization
    people = [official_of(organization), official_of(organization.parent)]

    allowed = [can_confirm_record(user, record) for user in [*people, office_official]]

    assert allowed == [own, superior, office]


def test_nobody_of_another_unit_confirms():
    record, other = RecordFactory(state="recorded"), RecordFactory()

    assert not can_confirm_record(official_of(other.activity.organization), record)


def test_a_record_of_the_top_goes_to_the_office(office_official):
    record = RecordFactory(state="recorded", level="superior")
    top = record.activity.organization.parent
    record.activity.organization = top

    assert not can_confirm_record(official_of(top), record)
    assert can_confirm_record(office_official, record)


def test_reject_keeps_the_reason_and_the_row():
    entry = LateEntryFactory()

    reject_record(
        record=entry, reason=" 照片看不清 ", by=UserFactory(), now=timezone.now()
    )

    entry.refresh_from_db()
    assert (entry.state, entry.answer) == ("rejected", "照片看不清")


@pytest.mark.parametrize("state", ["confirmed", "recorded"])
def test_a_rejected_correction_gives_back_what_it_replaced(state, settings):
    settings.DAY_MINUTES_DIRECT = 1
    decided = UserFactory() if state == "confirmed" else None
    old = RecordFactory(state=state, level="superior", decided_by=decided)
    new = correct_record(
        record=old,
        starts_at=old.starts_at,
        ends_at=old.ends_at + (old.ends_at - old.starts_at),
        reason="示例",
        by=UserFactory(),
        now=timezone.now(),
    )

    reject_record(record=new, reason="不属实", by=UserFactory(), now=timezone.now())

    live = ServiceRecord.objects.live().get()
    assert (live.minutes, live.state, live.corrects_id) == (old.minutes, state, new.pk)


def test_excuse_turns_not_come_into_excused():
    signup = SignupFactory(state=Signup.State.NO_SHOW)

    excuse_signup(signup=signup, by=UserFactory(), now=timezone.now())

    assert Signup.objects.get().state == "excused"


def test_excuse_of_a_late_cancellation_is_kept_once():
    signup = SignupFactory(state=Signup.State.CANCELLED, is_late=True)

    excuse_signup(signup=signup, by=UserFactory(), now=timezone.now())

    assert Signup.objects.get().is_excused
    with pytest.raises(HoursRefused):
        excuse_signup(signup=signup, by=UserFactory(), now=timezone.now())


@pytest.mark.parametrize("state", ["cancelled", "attended", "confirmed"])
def test_excuse_of_what_needs_none_is_refused(state):
    signup = SignupFactory(state=state)

    with pytest.raises(HoursRefused):
        excuse_signup(signup=signup, by=UserFactory(), now=timezone.now())


def test_nobody_excuses_themselves():
    signup = SignupFactory(state=Signup.State.NO_SHOW)

    with pytest.raises(HoursRefused):
        excuse_signup(signup=signup, by=signup.volunteer.user, now=timezone.now())
