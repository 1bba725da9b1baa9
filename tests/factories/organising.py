"""Makes posts, weekly rules and messages of shifts."""

from datetime import time, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.models import Activity
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory
from volunteers.models import ShiftMessage, ShiftPost, ShiftRule


class LongActivityFactory(ActivityFactory):
    """A published activity of four weeks that begins today."""

    state = Activity.State.PUBLISHED
    starts_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(days=28))


class ShiftPostFactory(DjangoModelFactory):
    class Meta:
        model = ShiftPost

    shift = factory.SubFactory(ShiftFactory)
    title = factory.Sequence(lambda number: f"示例岗位{number}")
    capacity = 2


class ShiftRuleFactory(DjangoModelFactory):
    """Every day of the activity's first two weeks; its shifts are not made."""

    class Meta:
        model = ShiftRule

    activity = factory.SubFactory(LongActivityFactory)
    weekdays = "1234567"
    starts_time = time(9)
    ends_time = time(11)
    from_on = factory.LazyAttribute(
        lambda row: timezone.localdate(row.activity.starts_at)
    )
    until_on = factory.LazyAttribute(lambda row: row.from_on + timedelta(days=13))
    title = "示例值守"
    place = "示例集合点"
    capacity = 3


class ShiftMessageFactory(DjangoModelFactory):
    class Meta:
        model = ShiftMessage

    shift = factory.SubFactory(ShiftFactory)
    text = "示例通知"
    recipient_count = 1
    sent_by = factory.SubFactory(UserFactory)
