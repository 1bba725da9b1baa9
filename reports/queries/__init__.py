"""The rows behind each report: what a reader may export, narrowed by filters."""

from reports.queries.filters import Filters
from reports.queries.honors import reported_honors
from reports.queries.links import (
    reported_leaders,
    reported_member_report_ins,
    reported_pairings,
    reported_unit_report_ins,
)
from reports.queries.tasks import reported_assignments
from reports.queries.volunteering import reported_records, reported_shifts
from reports.queries.whistles import reported_responses, reported_whistles
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
    "reported_assignments",
    "reported_honors",
    "reported_leaders",
    "reported_member_report_ins",
    "reported_pairings",
    "reported_records",
    "reported_responses",
    "reported_shifts",
    "reported_signups",
    "reported_unit_report_ins",
    "reported_whistles",
]
