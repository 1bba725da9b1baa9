"""Makes papers of a campaign."""

import factory
from factory.django import DjangoModelFactory

from campaigns.models import CampaignDocument
from tests.factories.campaigns import CampaignFactory


class CampaignDocumentFactory(DjangoModelFactory):
    """A draft of a notice, words only."""

    class Meta:
        model = CampaignDocument

    campaign = factory.SubFactory(CampaignFactory)
    kind = CampaignDocument.Kind.NOTICE
    title = factory.Sequence(lambda n: f"示例通知{n}")
    text = "示例正文"


class PublishedDocumentFactory(CampaignDocumentFactory):
    state = CampaignDocument.State.PUBLISHED
