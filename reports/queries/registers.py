"""The rows behind the registers: party organisations, streets and communities."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from communities.models import Community, Organization
from communities.permissions import Permission, scope_filter
from reports.queries.filters import Filters, of_organization

STANDING, ENDED = "standing", "ended"


def reported_organizations(user: User, filters: Filters) -> QuerySet[Organization]:
    """Organisations the user may export, in tree order.

    Those merged or dissolved come only when their state is asked for.
    """
    rows = Organization.objects.filter(
        scope_filter(user, Permission.REPORT_EXPORT, organization="self"),
        of_organization(filters, "self"),
    )
    rows = rows.filter(state=filters.state) if filters.state else rows.standing()
    return rows.order_by("path")


def reported_communities(
    user: User, filters: Filters, *, today: date | None = None
) -> QuerySet[Community]:
    """Communities the user may export, by the codes of street and community.

    The state is `standing` or `ended`: those merged or dissolved before today.
    """
    rows = Community.objects.filter(scope_filter(user, Permission.REPORT_EXPORT))
    if filters.street:
        rows = rows.filter(subdistrict=filters.street)
    has_ended = Q(ends_on__lt=today or timezone.localdate())
    if filters.state == ENDED:
        rows = rows.filter(has_ended)
    elif filters.state == STANDING:
        rows = rows.exclude(has_ended)
    return rows.order_by("subdistrict__code", "code")
