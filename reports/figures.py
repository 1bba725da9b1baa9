"""Live figures of the front page."""

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
        "signups": Signup.objects.confirmed().count(),
    }
