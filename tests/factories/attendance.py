"""Makes shifts that run, people's coming and going, and times on a day."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.models import Activity
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.models import Attendance


class RunningShiftFactory(ShiftFactory):
    """A shift that began half an hour ago and lasts two hours, with five places."""

    activity = factory.SubFactory(
        ActivityFactory,
        state=Activity.State.PUBLISHED,
        is_public=True,
        starts_at=factory.LazyFunction(
            lambda: timezone.now().replace(microsecond=0) - timedelta(minutes=30)
        ),
    )
    capacity = 5


class AttendanceFactory(DjangoModelFactory):
    """Somebody who came by the roll ten minutes ago and is there."""

    class Meta:
        model = Attendance

    signup = factory.SubFactory(
        SignupFactory, shift=factory.SubFactory(RunningShiftFactory)
    )
    heads = factory.LazyAttribute(lambda row: row.signup.heads)
    checked_in_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=10))
    check_in_method = Attendance.Method.ROLL
    checked_in_by = factory.LazyAttribute(lambda row: row.signup.volunteer.user)
