"""Makes what evidence can prove beside activities, in short."""

import factory
from factory.django import DjangoModelFactory

from campaigns.models import EvidenceFile, Honor, Story
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import EvidenceFileFactory
from tests.factories.communities import CommunityFactory, OrganizationFactory


class HonorFactory(DjangoModelFactory):
    """A draft application of an organisation."""

    class Meta:
        model = Honor

    kind = Honor.Kind.UNIT
    organization = factory.SubFactory(OrganizationFactory)
    holder = factory.Sequence(lambda n: f"示例单位{n}")
    text = "示例事迹"
    created_by = factory.SubFactory(UserFactory)


class StoryFactory(DjangoModelFactory):
    """A draft of a story of neighbours."""

    class Meta:
        model = Story

    kind = Story.Kind.NEIGHBOR
    title = factory.Sequence(lambda n: f"示例故事{n}")
    text = "示例正文"
    community = factory.SubFactory(CommunityFactory)
    created_by = factory.SubFactory(UserFactory)


class DocumentFileFactory(EvidenceFileFactory):
    """A PDF's row; its file need not exist."""

    kind = EvidenceFile.Kind.DOCUMENT
    path = factory.Sequence(lambda n: f"evidence/document{n}.pdf")
    name = "示例通知.pdf"
    width = height = None
    sha256 = factory.Sequence(lambda n: f"d{n:063d}")
