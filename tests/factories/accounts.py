"""Makes people and messages."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Delivery, Notification, User


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    display_name = factory.Sequence(lambda n: f"示例人员{n}")
    email = factory.Sequence(lambda n: f"user{n}@example.invalid")
    age_band = User.AgeBand.ADULT


class NotificationFactory(DjangoModelFactory):
    class Meta:
        model = Notification

    recipient = factory.SubFactory(UserFactory)
    kind = "test"
    object_type = "accounts.User"
    object_id = factory.Sequence(lambda n: n)
    title = "示例通知"
    body = "示例正文"
    due_at = factory.LazyFunction(timezone.now)


class DeliveryFactory(DjangoModelFactory):
    """A message routed to mail, due now."""

    class Meta:
        model = Delivery

    notification = factory.SubFactory(NotificationFactory, outbox_state="routed")
    channel = "mail"
    due_at = factory.LazyFunction(timezone.now)
