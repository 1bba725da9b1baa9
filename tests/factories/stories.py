"""Makes stories, consents, conventions and pledges."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.models import Consent, Convention, Pledge, Story
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory


class StoryFactory(DjangoModelFactory):
    """A draft of a community that shows one person."""

    class Meta:
        model = Story

    kind = Story.Kind.FAMILY
    title = factory.Sequence(lambda n: f"示例故事{n}")
    text = "示例正文"
    community = factory.SubFactory(CommunityFactory)
    created_by = factory.SubFactory(UserFactory)


class PublishedStoryFactory(StoryFactory):
    """A story everyone can read; nobody's consent is recorded yet."""

    state = Story.State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
    submitted_at = factory.LazyFunction(timezone.now)
    submitted_by = factory.SelfAttribute("created_by")


class ConsentFactory(DjangoModelFactory):
    """A live consent for a draft story."""

    class Meta:
        model = Consent

    story = factory.SubFactory(StoryFactory)
    subject = factory.Sequence(lambda n: f"示例同意人{n}")
    method = Consent.Method.PAPER
    text_version = "2026-11"
    given_on = date(2026, 5, 1)
    recorded_by = factory.SubFactory(UserFactory)


class ConventionFactory(DjangoModelFactory):
    """A published version."""

    class Meta:
        model = Convention

    number = factory.Sequence(lambda n: n + 1)
    title = "示例公约"
    text = "示例条文"
    state = Convention.State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class PledgeFactory(DjangoModelFactory):
    """Somebody's own yes."""

    class Meta:
        model = Pledge

    convention = factory.SubFactory(ConventionFactory)
    user = factory.SubFactory(UserFactory)
    community = factory.SubFactory(CommunityFactory)
