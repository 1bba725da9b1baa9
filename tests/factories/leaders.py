"""Makes leading teams: posts, persons, terms, links."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from communities.models import Leader, LeaderLink, LeaderTerm, LeadingPost
from tests.factories.communities import CommunityFactory, OrganizationFactory


class LeadingPostFactory(DjangoModelFactory):
    class Meta:
        model = LeadingPost

    organization = factory.SubFactory(OrganizationFactory)
    title = factory.Sequence(lambda n: f"示例职务{n}")
    starts_on = date(2026, 1, 1)


class LeaderFactory(DjangoModelFactory):
    class Meta:
        model = Leader

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"示例领导{n}")


class LeaderTermFactory(DjangoModelFactory):
    class Meta:
        model = LeaderTerm

    post = factory.SubFactory(LeadingPostFactory)
    leader = factory.SubFactory(
        LeaderFactory, organization=factory.SelfAttribute("..post.organization")
    )
    starts_on = date(2026, 1, 1)


class LeaderLinkFactory(DjangoModelFactory):
    class Meta:
        model = LeaderLink

    leader = factory.SubFactory(LeaderFactory)
    slot = LeaderLink.Slot.COMMUNITY
    community = factory.SubFactory(CommunityFactory)
    starts_on = date(2026, 1, 1)
