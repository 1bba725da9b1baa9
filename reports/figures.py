"""Live figures of the front page."""

from django.db.models import QuerySet, Sum

from campaigns.models import Activity
from communities.models import Community, Organization, Pairing
from volunteers.models import Signup


def home_figures() -> dict[str, int]:
    """Counts for the public: organisations, pairings, activities, places taken."""
    return {
        "organizations": Organization.objects.filter(
            state=Organization.State.ACTIVE
        ).count(),
        "communities": Community.objects.standing().count(),
        "pairings": Pairing.objects.active().count(),
        "activities": Activity.objects.public().count(),
        "signups": _heads(Signup.objects.on_roll()),
    }


def _heads(signups: QuerySet) -> int:
    """Places taken, companions too; they stay counted when a shift is settled."""
    return signups.order_by().aggregate(heads=Sum("heads", default=0))["heads"]
