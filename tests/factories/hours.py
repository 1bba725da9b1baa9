"""Makes shifts that are over, who came to them, records and disputes."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.models import Activity
from core.dates import day_starts_at, whole_minutes
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import Attendance, HoursDispute, ServiceRecord, Signup


def days_ago(days, hour=9):
    """A moment of that day as clocks here show it."""
    day = timezone.localdate() - timedelta(days=days)
    return day_starts_at(day) + timedelta(hours=hour)


class ServedActivityFactory(ActivityFactory):
    """A day of service, the day before yesterday from 09:00 on."""

    state = Activity.State.ENDED
    counts_as_service = True
    starts_at = factory.LazyFunction(lambda: days_ago(2))


class PastShiftFactory(ShiftFactory):
    """Two hours of it, to be settled."""

    activity = factory.SubFactory(ServedActivityFactory)
    capacity = 50


class AttendanceFactory(DjangoModelFactory):
    """Somebody who came to a past shift, for all of it."""

    class Meta:
        model = Attendance

    signup = factory.SubFactory(
        SignupFactory, shift=factory.SubFactory(PastShiftFactory)
    )
    checked_in_at = factory.LazyAttribute(lambda row: row.signup.shift.starts_at)
    check_in_method = Attendance.Method.ROLL
    checked_in_by = factory.SubFactory(UserFactory)
    checked_out_at = factory.LazyAttribute(lambda row: row.signup.shift.ends_at)
    checked_out_by = factory.LazyAttribute(
        lambda row: row.checked_in_by if row.checked_out_at else None
    )


class RecordFactory(DjangoModelFactory):
    """Two confirmed hours of a shift the person came to."""

    class Meta:
        model = ServiceRecord

    shift = factory.SubFactory(PastShiftFactory)
    activity = factory.LazyAttribute(lambda row: row.shift.activity)
    volunteer = factory.SubFactory(VolunteerFactory)
    signup = factory.LazyAttribute(
        lambda row: SignupFactory(
            shift=row.shift, volunteer=row.volunteer, state=Signup.State.ATTENDED
        )
    )
    organization = factory.LazyAttribute(lambda row: row.activity.organization)
    kind = ServiceRecord.Kind.SHIFT
    content = factory.LazyAttribute(lambda row: str(row.shift)[:100])
    starts_at = factory.LazyAttribute(lambda row: row.shift.starts_at)
    ends_at = factory.LazyAttribute(lambda row: row.shift.ends_at)
    minutes = factory.LazyAttribute(
        lambda row: whole_minutes(row.starts_at, row.ends_at)
    )
    state = ServiceRecord.State.CONFIRMED
    recorded_by = factory.SubFactory(UserFactory)


class LateEntryFactory(RecordFactory):
    """A late entry that waits, of an activity without shifts."""

    shift = None
    signup = None
    activity = factory.SubFactory(ServedActivityFactory)
    kind = ServiceRecord.Kind.LATE
    content = factory.LazyAttribute(lambda row: row.activity.title)
    starts_at = factory.LazyAttribute(lambda row: row.activity.starts_at)
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=1))
    state = ServiceRecord.State.IN_REVIEW
    reason = "示例理由"
    recorded_by = factory.LazyAttribute(lambda row: row.volunteer.user)


class DisputeFactory(DjangoModelFactory):
    """Somebody says that they did come."""

    class Meta:
        model = HoursDispute

    signup = factory.SubFactory(
        SignupFactory,
        shift=factory.SubFactory(PastShiftFactory),
        state=Signup.State.NO_SHOW,
    )
    text = "示例异议"
