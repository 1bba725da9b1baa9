"""A person disputes what was recorded; an official answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from core import audit
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory
from tests.factories.hours import DisputeFactory, PastShiftFactory, RecordFactory
from tests.factories.volunteers import SignupFactory
from volunteers.actions.disputes import (
    answer_dispute,
    open_dispute,
    withdraw_dispute,
)
from volunteers.actions.hours import HoursRefused
from volunteers.models import HoursDispute, ServiceRecord

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def dispute_of(signup, by=None, days=0):
    return open_dispute(
        signup=signup,
        text="我到了",
        by=by or signup.volunteer.user,
        now=timezone.now() + timedelta(days=days),
    )


def answer(dispute, by=None, **values):
    return answer_dispute(
        dispute=dispute,
        answer="已核实",
        by=by or UserFactory(),
        now=timezone.now(),
        **values,
    )


def official_of(signup):
    organization = signup.shift.activity.organization
    return MembershipFactory(role="unit", organization=organization).user


@pytest.fixture
def missing():
    """Somebody said not to have come."""
    return SignupFactory(shift=PastShiftFactory(state="settled"), state="no_show")


def test_dispute_reaches_the_officials(missing):
    official = official_of(missing)

    dispute = dispute_of(missing)

    assert dispute.state == "open"
    assert Notification.objects.get().recipient == official


@pytest.mark.parametrize("days", [30, 31])
def test_dispute_is_open_for_thirty_days(days, missing):
    if days == 30:
        assert dispute_of(missing, days=days).pk
    else:
        with pytest.raises(HoursRefused, match="30 天"):
            dispute_of(missing, days=days)


def test_dispute_by_somebody_else_is_refused(missing):
    with pytest.raises(HoursRefused, match="本人"):
        dispute_of(missing, by=UserFactory())


def test_dispute_before_the_settlement_is_refused():
    with pytest.raises(HoursRefused, match="结算后"):
        dispute_of(SignupFactory(shift=PastShiftFactory()))


def test_a_second_dispute_waits_for_the_first(missing):
    first = dispute_of(missing)

    with pytest.raises(HoursRefused, match="等待答复"):
        dispute_of(missing)

    withdraw_dispute(dispute=first, by=missing.volunteer.user, now=timezone.now())
    assert dispute_of(missing).pk


def test_answer_without_a_correction_changes_no_hours():
    record = RecordFactory()
    dispute = DisputeFactory(signup=record.signup)

    answer(dispute)

    dispute.refresh_from_db()
    assert (dispute.state, dispute.answer) == ("answered", "已核实")
    assert ServiceRecord.objects.get() == record


def test_answer_corrects_the_record():
    record = RecordFactory()
    span = (record.starts_at, record.ends_at + HOUR)

    answer(DisputeFactory(signup=record.signup), corrects=True, span=span)

    new = ServiceRecord.objects.live().get()
    assert (new.minutes, new.corrects) == (180, record)
    assert HoursDispute.objects.get().state == "upheld"


def test_answer_lets_somebody_have_come(missing):
    span = (missing.shift.starts_at, missing.shift.starts_at + HOUR)

    answer(DisputeFactory(signup=missing), corrects=True, span=span)

    missing.refresh_from_db()
    assert missing.state == "attended"
    record = missing.service_records.get()
    assert (record.minutes, record.state) == (60, "confirmed")


def test_answer_gives_no_hours_where_none_can_arise():
    shift = PastShiftFactory(activity__counts_as_service=False)
    signup = SignupFactory(shift=shift, state="no_show")

    answer(DisputeFactory(signup=signup), corrects=True)

    signup.refresh_from_db()
    assert signup.state == "attended"
    assert not ServiceRecord.objects.exists()


def test_answer_over_other_hours_is_refused_whole(missing):
    other = RecordFactory(volunteer=missing.volunteer)
    span = (other.starts_at, other.ends_at)

    with pytest.raises(HoursRefused, match=other.content):
        answer(DisputeFactory(signup=missing), corrects=True, span=span)

    missing.refresh_from_db()
    assert missing.state == "no_show"
    assert HoursDispute.objects.get().state == "open"


def test_answer_to_ones_own_dispute_is_refused(missing):
    with pytest.raises(HoursRefused, match="本人"):
        answer(DisputeFactory(signup=missing), by=missing.volunteer.user)


def test_a_second_answer_is_refused(missing):
    dispute = DisputeFactory(signup=missing)
    answer(dispute)

    with pytest.raises(HoursRefused, match="不用再答复"):
        answer(dispute)


@pytest.mark.parametrize("is_alone", [True, False])
def test_who_recorded_answers_only_where_nobody_else_can(is_alone, missing):
    official = official_of(missing)
    audit.record("volunteers.signup_no_show", target=missing, by=official)
    dispute = DisputeFactory(signup=missing)

    if is_alone:
        assert answer(dispute, by=official).state == "answered"
    else:
        official_of(missing)
        with pytest.raises(HoursRefused, match="另一位负责人"):
            answer(dispute, by=official)
