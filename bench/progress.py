"""Approved activities for the progress matrix, a stated number of them."""

from django.db import connection
from django.utils import timezone

from campaigns.models import Activity, Campaign
from communities.models import Organization
from reports.progress import Progress, Question, progress_of
from reports.progress_tree import Tree

CAMPAIGN = "示例创城行动"


def approve(count: int) -> int:
    """Approve the first `count` activities of the bench; returns how many there are."""
    campaign = Campaign.objects.get(title=CAMPAIGN)
    first = Activity.objects.filter(campaign=campaign).order_by("pk")[:count]
    Activity.objects.filter(pk__in=first.values("pk")).update(
        state=Activity.State.APPROVED
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE campaigns_activity")
    approved = Activity.objects.filter(state=Activity.State.APPROVED)
    return approved.filter(campaign=campaign).count()


def matrix() -> Progress:
    """What the page of the district shows."""
    campaign = Campaign.objects.get(title=CAMPAIGN)
    tree = Tree(Organization.objects.all(), campaign)
    return progress_of(Question(campaign, None, timezone.localdate()), tree, below=None)
