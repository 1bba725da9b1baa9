"""Makes whistles, responses and what hangs on them."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.models import (
    Whistle,
    WhistleCategory,
    WhistleClock,
    WhistleEntry,
    WhistleExtension,
    WhistlePhoto,
    WhistleResponse,
)
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory, OrganizationFactory


class WhistleCategoryFactory(DjangoModelFactory):
    """A category without clocks of its own."""

    class Meta:
        model = WhistleCategory

    title = factory.Sequence(lambda n: f"示例类别{n}")


class WhistleClockFactory(DjangoModelFactory):
    """Two working days, one, and ten."""

    class Meta:
        model = WhistleClock

    category = factory.SubFactory(WhistleCategoryFactory)
    urgency = "normal"
    dispatch_hours = 14
    accept_hours = 7
    handle_hours = 70


def environment():
    """A category that is always there, with its clocks; races empty the tables."""
    category, is_new = WhistleCategory.objects.get_or_create(title="环境卫生")
    if is_new:
        WhistleClockFactory(category=category)
    return category


class WhistleFactory(DjangoModelFactory):
    """A draft about the environment, one of the categories that are always there."""

    class Meta:
        model = Whistle

    community = factory.SubFactory(CommunityFactory)
    category = factory.LazyFunction(environment)
    title = factory.Sequence(lambda n: f"示例吹哨{n}")
    text = "示例情况"
    place = "示例路口"


class IssuedWhistleFactory(WhistleFactory):
    """Issued just now, its clock not running: give `due_at` and the like yourself."""

    state = Whistle.State.ISSUED
    number = factory.Sequence(lambda n: f"示哨〔2026〕{n:04d}号")
    issued_at = factory.LazyFunction(timezone.now)


class WhistleResponseFactory(DjangoModelFactory):
    """Asked by the street just now, of a whistle that is dispatched."""

    class Meta:
        model = WhistleResponse

    whistle = factory.SubFactory(IssuedWhistleFactory, state=Whistle.State.DISPATCHED)
    organization = factory.SubFactory(OrganizationFactory)
    by_dispatcher = True
    asked_at = factory.LazyFunction(timezone.now)
    asked_by = factory.SubFactory(UserFactory)


class HandlingResponseFactory(WhistleResponseFactory):
    """Accepted in time and being handled."""

    whistle = factory.SubFactory(IssuedWhistleFactory, state=Whistle.State.HANDLING)
    state = WhistleResponse.State.HANDLING
    accept_due_at = factory.LazyFunction(timezone.now)
    accepted_at = factory.SelfAttribute("accept_due_at")


class DeliveredResponseFactory(HandlingResponseFactory):
    """Delivered in time; its whistle waits for the community."""

    whistle = factory.SubFactory(
        IssuedWhistleFactory,
        state=Whistle.State.DELIVERED,
        delivered_at=factory.LazyFunction(timezone.now),
    )
    state = WhistleResponse.State.DELIVERED
    delivered_at = factory.LazyFunction(timezone.now)


class WhistleExtensionFactory(DjangoModelFactory):
    """Asked for, not answered."""

    class Meta:
        model = WhistleExtension

    response = factory.SubFactory(HandlingResponseFactory)
    until = factory.LazyFunction(timezone.localdate)
    reason = "示例理由"
    asked_by = factory.SubFactory(UserFactory)


class WhistleEntryFactory(DjangoModelFactory):
    """A line of the log."""

    class Meta:
        model = WhistleEntry

    whistle = factory.SubFactory(IssuedWhistleFactory)
    kind = WhistleEntry.Kind.LOGGED
    text = "示例记录"
    actor = "示例单位"


class WhistlePhotoFactory(DjangoModelFactory):
    """A photo of the place; no file behind it."""

    class Meta:
        model = WhistlePhoto

    whistle = factory.SubFactory(IssuedWhistleFactory)
    path = factory.Sequence(lambda n: f"whistles/00/{n:032x}.jpg")
    width = 40
    height = 30
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    uploaded_by = factory.SubFactory(UserFactory)
