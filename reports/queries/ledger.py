"""The rows behind the report of the ledger: approved activities, as it lists them."""

from dataclasses import replace

from django.db.models import (
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Activity, ActivityPartner, Evidence
from communities.permissions import Permission, scope_filter
from reports.ledger import owners_of
from reports.periods import month_begun
from reports.queries.filters import Filters, of_organization, of_place, of_work

MAIN, ADDENDUM = "main", "addendum"
LEDGER_STATES = [(MAIN, _("计入统计")), (ADDENDUM, _("冻结后补录"))]


def reported_ledger(user: User, filters: Filters) -> QuerySet[Activity]:
    """Approved activities the user may export, the latest record first.

    The state asked for is one of `LEDGER_STATES`. Of an organisation are those that it
    and all below it lead or have joined, so that for a campaign, an organisation and
    whole months the rows are those `reports.ledger.ledger_of` lists: of a frozen
    campaign by the tree of the day it was frozen. They carry `month`, `photo_count`
    and `joined`, the activity's number, by which its partners are found.
    """
    narrowed = replace(filters, state="", organization=None, organization_text="")
    rows = Activity.objects.filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="organization",
            community="community",
        ),
        of_work(narrowed, "", moment="starts_at"),
        of_place(filters, "community"),
        _of_owners(filters),
        state=Activity.State.APPROVED,
    )
    if filters.state:
        rows = rows.filter(in_addendum=filters.state == ADDENDUM)
    photos = Evidence.objects.photos().filter(activity=OuterRef("pk")).order_by()
    counted = photos.values("activity").annotate(count=Count("pk")).values("count")
    return rows.annotate(
        month=month_begun(),
        photo_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        joined=F("pk"),
    ).order_by("-pk")


def _of_owners(filters: Filters) -> Q:
    """The organisations asked for lead the activity or have joined it."""
    condition = Q()
    if filters.organization and filters.campaign and filters.campaign.frozen_at:
        owners = owners_of(filters.organization, filters.campaign)
        condition &= _led_or_joined(Q(organization__in=owners))
        filters = replace(filters, organization=None)
    for asked in (
        Filters(organization=filters.organization),
        Filters(organization_text=filters.organization_text),
    ):
        if named := of_organization(asked, "organization"):
            condition &= _led_or_joined(named)
    return condition


def _led_or_joined(named: Q) -> Q:
    joint = ActivityPartner.objects.filter(named, state=ActivityPartner.State.CONFIRMED)
    return named | Q(pk__in=joint.values("activity"))
