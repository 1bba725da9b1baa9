"""The list of whistles: what it is narrowed to, and in which order."""

from datetime import date, datetime

from django.db import models
from django.utils import timezone

from accounts.models import User
from campaigns.models import WhistleResponse
from campaigns.queries.whistle_groups import groups_for
from campaigns.queries.whistle_rows import with_due
from communities.models import Community, Subdistrict

RECENT, DUE, COMMUNITY = "", "due", "community"


def filtered_whistles(
    whistles: models.QuerySet,
    *,
    user: User,
    now: datetime,
    text: str = "",
    street: Subdistrict | None = None,
    community: Community | None = None,
    category: object = None,
    urgency: str = "",
    state: str = "",
    unit: str = "",
    month: date | None = None,
    waiting: str = "",
    is_overdue: bool = False,
    sort: str = RECENT,
) -> models.QuerySet:
    """Whistles that match, each with `next_due_at`.

    `text` is part of the number or the subject, `unit` names an organisation that was
    asked, `month` the month of issue by Beijing time, `waiting` a group of the user's
    own board (another's has no rows).
    """
    equal = {
        "community__subdistrict": street,
        "community": community,
        "category": category,
        "urgency": urgency,
        "state": state,
    }
    whistles = whistles.filter(
        **{name: value for name, value in equal.items() if value}
    )
    if text:
        whistles = whistles.filter(
            models.Q(title__icontains=text) | models.Q(number__icontains=text)
        )
    if unit:
        asked = WhistleResponse.objects.filter(_named(unit)).order_by()
        whistles = whistles.filter(pk__in=asked.values("whistle"))
    if month:
        whistles = whistles.filter(issued_at__gte=_midnight(month))
        whistles = whistles.filter(issued_at__lt=_midnight(_next_month(month)))
    if waiting:
        whistles = whistles.filter(_waiting(user, waiting))
    whistles = with_due(whistles)
    if is_overdue:
        whistles = whistles.under_way().filter(next_due_at__lt=now)
    return _ordered(whistles.select_related("community", "category"), sort)


def _named(unit: str) -> models.Q:
    return (
        models.Q(organization__name__icontains=unit)
        | models.Q(organization__unit_name__icontains=unit)
        | models.Q(organization__initials__startswith=unit.lower())
    )


def _waiting(user: User, key: str) -> models.Q:
    for group in groups_for(user):
        if group.key == key:
            return group.whistles()
    return models.Q(pk__in=[])


def _ordered(whistles: models.QuerySet, sort: str) -> models.QuerySet:
    if sort == DUE:
        return whistles.order_by(models.F("next_due_at").asc(nulls_last=True), "-pk")
    if sort == COMMUNITY:
        return whistles.order_by("community__name", "-pk")
    # Drafts are not issued yet: what is being written comes first.
    return whistles.order_by(models.F("issued_at").desc(nulls_first=True), "-pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _next_month(month: date) -> date:
    years, months = divmod(month.month, 12)
    return month.replace(year=month.year + years, month=months + 1)
