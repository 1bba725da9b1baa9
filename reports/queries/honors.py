"""The rows behind the report of honours."""

from datetime import date

from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from campaigns.models import Honor
from communities.permissions import Permission, scope_filter
from reports.queries.filters import Filters, of_organization, of_place, within_days


def reported_honors(
    user: User, filters: Filters, *, today: date | None = None
) -> QuerySet[Honor]:
    """Honours that were applied for, the latest record first.

    Never drafts, nor drafts withdrawn. A period keeps those applied for in it; a
    street or community keeps its families, as organisations belong to no street.
    Rows carry `named_on`, the day whose names they bear: that of the award, before it
    the first of the public notice, before that today; and the holder as
    `public_holder` or, of a family, `family`.
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
    today = Value(today or timezone.localdate(), output_field=DateField())
    is_family = Q(kind=Honor.Kind.FAMILY)
    return rows.annotate(
        named_on=Coalesce("awarded_on", "notice_starts_on", today),
        public_holder=Case(When(~is_family, then=F("holder")), default=Value("")),
        family=Case(When(is_family, then=F("holder")), default=Value("")),
    ).order_by("-pk")
