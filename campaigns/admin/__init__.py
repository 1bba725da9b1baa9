"""Pages of the admin site for the campaign's work, a module for each noun."""

from campaigns.admin import (
    activities,
    campaigns,
    honors,
    pillars,
    reviews,
    stories,
    tasks,
    whistles,
)

__all__ = [
    "activities",
    "campaigns",
    "honors",
    "pillars",
    "reviews",
    "stories",
    "tasks",
    "whistles",
]
