"""Makes needs, claims, resources and projects."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from communities.models import Need, NeedClaim, Resource, ServiceProject
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory, OrganizationFactory


class NeedFactory(DjangoModelFactory):
    """A draft of three pieces."""

    class Meta:
        model = Need

    community = factory.SubFactory(CommunityFactory)
    category = Need.Category.GOODS
    title = factory.Sequence(lambda n: f"示例需求{n}")
    text = "示例说明"
    quantity = 3
    measure = "台"


class PublishedNeedFactory(NeedFactory):
    """Published just now: the paired units may claim it."""

    state = Need.State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class NeedClaimFactory(DjangoModelFactory):
    """A live claim of one piece, counted on the need it makes."""

    class Meta:
        model = NeedClaim

    need = factory.SubFactory(
        PublishedNeedFactory, claimed=factory.SelfAttribute("..quantity")
    )
    organization = factory.SubFactory(OrganizationFactory)
    quantity = 1
    claimed_by = factory.SubFactory(UserFactory)


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = Resource

    organization = factory.SubFactory(OrganizationFactory)
    category = Need.Category.GOODS
    title = factory.Sequence(lambda n: f"示例资源{n}")
    text = "示例说明"
    starts_on = date(2026, 1, 1)


class ServiceProjectFactory(DjangoModelFactory):
    class Meta:
        model = ServiceProject

    need = factory.SubFactory(PublishedNeedFactory)
    resource = factory.SubFactory(ResourceFactory)
    title = factory.Sequence(lambda n: f"示例项目{n}")
