"""Models of the campaign's work; import them from here."""

from campaigns.models.activity import Activity, Review, visibility
from campaigns.models.campaign import Campaign, Initiative, Pillar
from campaigns.models.evidence import Evidence

__all__ = [
    "Activity",
    "Campaign",
    "Evidence",
    "Initiative",
    "Pillar",
    "Review",
    "visibility",
]
