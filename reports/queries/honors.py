"""The rows behind the report of honours."""

from django.db.models import Q, QuerySet

from accounts.models import User
from campaigns.models import Honor
from communities.permissions import Permission, scope_filter
from reports.queries.filters import Filters, of_organization, of_place, within_days


def reported_honors(user: User, filters: Filters) -> QuerySet[Honor]:
    """Honours that were applied for, the latest record first.

    Never drafts, nor drafts withdrawn. A period keeps those applied for in it; a
    street or community keeps its families, as organisations belong to no street.
    """
    rows = Honor.objects.filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="organization",
            community="community",
        ),
        of_organization(filters, "organization"),
        of_place(filters, "community"),
        within_days(filters, "applied_at"),
    ).exclude(
        Q(state=Honor.State.DRAFT) | Q(state=Honor.State.WITHDRAWN, applied_at=None)
    )
    if filters.state:
        rows = rows.filter(state=filters.state)
    return rows.order_by("-pk")
