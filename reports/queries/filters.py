"""What a reader of reports asks for, and the conditions it stands for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils import timezone

from campaigns.models import Campaign, Pillar
from communities.models import Community, Organization, Subdistrict


@dataclass(frozen=True)
class Filters:
    """What the reader asks for; None and "" narrow nothing.

    Each report says which of them it knows (`Report.filters`). `organization` stands
    for itself and all below it, `organization_text` for every organisation it names
    and all below those. Both days of the period count. `boundary` narrows nothing: it
    says which day's names are shown, "" those of the row's day.
    """

    campaign: Campaign | None = None
    pillar: Pillar | None = None
    organization: Organization | None = None
    organization_text: str = ""
    street: Subdistrict | None = None
    community: Community | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    state: str = ""
    boundary: str = ""


def of_work(filters: Filters, activity: str, *, moment: str) -> Q:
    """The filters as a condition; `activity` leads from the row to its activity."""
    condition = Q()
    if filters.campaign:
        condition &= Q(**{f"{activity}campaign": filters.campaign})
    if filters.pillar:
        condition &= Q(**{f"{activity}pillar": filters.pillar})
    condition &= of_organization(filters, f"{activity}organization")
    condition &= within_days(filters, moment)
    if filters.state:
        condition &= Q(state=filters.state)
    return condition


def of_organization(filters: Filters, organization: str) -> Q:
    """The organisations asked for and all below them, as a condition.

    `organization` is the lookup from the row to its organisation, "self" for rows
    that are organisations.
    """
    condition = Q()
    leads, itself = (
        ("", "pk") if organization == "self" else (f"{organization}__", organization)
    )
    if filters.organization:
        condition &= Q(**{f"{leads}path__startswith": filters.organization.path})
    if filters.organization_text:
        named = _named_or_below(filters.organization_text)
        condition &= Q(**{f"{itself}__in": named})
    return condition


def of_place(filters: Filters, community: str) -> Q:
    """The street and the community asked for; `community` is the lookup to it."""
    condition = Q()
    if filters.street:
        condition &= Q(**{f"{community}__subdistrict": filters.street})
    if filters.community:
        condition &= Q(**{community: filters.community})
    return condition


def within_days(filters: Filters, moment: str) -> Q:
    """The days asked for, both counted; `moment` is the lookup to a moment."""
    condition = Q()
    if filters.starts_on:
        condition &= Q(**{f"{moment}__gte": midnight(filters.starts_on)})
    if filters.ends_on:
        following = midnight(filters.ends_on + timedelta(days=1))
        condition &= Q(**{f"{moment}__lt": following})
    return condition


def _named_or_below(text: str) -> QuerySet:
    named = Organization.objects.search(text) | Organization.objects.filter(
        unit_name__icontains=text
    )
    above = named.order_by().annotate(
        below=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )
    is_below = Exists(above.filter(below__startswith=F("path")))
    return Organization.objects.filter(is_below).order_by().values("pk")


def midnight(day: date) -> datetime:
    """The first moment of a day in Beijing."""
    return timezone.make_aware(datetime.combine(day, time.min))
