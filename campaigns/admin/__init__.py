"""Pages of the admin site for the campaign's work, a module for each noun."""

from campaigns.admin import (
    activities,
    campaigns,
    documents,
    honors,
    pillars,
    reviews,
    stories,
    tasks,
    whistle_extensions,
    whistles,
)

__all__ = [
    "activities",
    "campaigns",
    "documents",
    "honors",
    "pillars",
    "reviews",
    "stories",
    "tasks",
    "whistle_extensions",
    "whistles",
]
