"""Which papers of a campaign a reader may open."""

from django.db import models

from accounts.models import User
from campaigns.models import Campaign, CampaignDocument
from communities.permissions import Permission, has_permission


def documents_visible_to(user: User) -> models.QuerySet:
    """Everyone: published ones of campaigns that have begun. The office: all."""
    documents = CampaignDocument.objects.select_related("campaign")
    if has_permission(user, Permission.CAMPAIGN_MANAGE):
        return documents
    return documents.filter(state=CampaignDocument.State.PUBLISHED).exclude(
        campaign__state=Campaign.State.PLANNED
    )


def published_documents(campaign: Campaign) -> list[CampaignDocument]:
    """What stands on the campaign's page, in the office's order."""
    published = CampaignDocument.State.PUBLISHED
    rows = campaign.documents.filter(state=published).order_by("position", "pk")
    return list(rows)
