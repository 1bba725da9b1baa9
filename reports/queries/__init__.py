"""The rows behind each report: what a reader may export, narrowed by filters."""

from reports.queries.filters import Filters
from reports.queries.work import (
    activities_by_community_and_day,
    exportable_organizations,
    reported_activities,
    reported_signups,
)

__all__ = [
    "Filters",
    "activities_by_community_and_day",
    "exportable_organizations",
    "reported_activities",
    "reported_signups",
]
