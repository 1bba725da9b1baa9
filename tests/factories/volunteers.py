"""Makes volunteers, shifts and sign-ups."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from campaigns.models import Activity
from tests.factories.accounts import NotificationFactory, UserFactory
from tests.factories.campaigns import ActivityFactory
from volunteers.models import Shift, Signup, Volunteer


class VolunteerFactory(DjangoModelFactory):
    class Meta:
        model = Volunteer

    user = factory.SubFactory(UserFactory)


class ShiftFactory(DjangoModelFactory):
    """A shift of a published activity in three days, with two places."""

    class Meta:
        model = Shift

    activity = factory.SubFactory(ActivityFactory, state=Activity.State.PUBLISHED)
    title = "示例岗位"
    starts_at = factory.LazyAttribute(lambda row: row.activity.starts_at)
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    place = "示例集合点"
    community = factory.LazyAttribute(lambda row: row.activity.community)
    capacity = 2
    signup_closes_at = factory.LazyAttribute(
        lambda row: row.starts_at - timedelta(hours=24)
    )


class SignupFactory(DjangoModelFactory):
    """A confirmed sign-up; the shift's counts follow."""

    class Meta:
        model = Signup

    shift = factory.SubFactory(ShiftFactory)
    volunteer = factory.SubFactory(VolunteerFactory)
    state = Signup.State.CONFIRMED

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        shift = kwargs["shift"]
        if kwargs["state"] == Signup.State.WAITLISTED:
            kwargs.setdefault("position", shift.next_position)
            shift.next_position += 1
            shift.waiting += kwargs.get("heads", 1)
        elif kwargs["state"] in {Signup.State.CONFIRMED, Signup.State.OFFERED}:
            shift.taken += kwargs.get("heads", 1)
        shift.save()
        return super()._create(model_class, *args, **kwargs)


def remind(signup):
    """A reminder of the sign-up's shift that still waits to be sent."""
    return NotificationFactory(
        recipient=signup.volunteer.user,
        kind="shift_reminder",
        object_type="volunteers.Signup",
        object_id=signup.pk,
        outbox_state="due",
    )
