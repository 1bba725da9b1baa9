"""The ledger (台账) of an organisation: what stands in the records, counted.

Approved activities that the organisation and all below it led or had joined, by pillar,
month and initiative. Nothing is typed for it and no person is named in it. Source:
PRODUCT section 4, evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from campaigns.models import Activity, Campaign, Pillar
from campaigns.queries.frozen_tree import below_at_freeze, places_at_freeze
from campaigns.queries.words import pillar_history
from communities.models import Organization
from reports.periods import begins_within, month_begun, months_between, next_month

State = Activity.State


@dataclass
class LedgerPart:
    """One pillar of the ledger, under its title on the last day of the months.

    Months without a record are not in `counts`.
    """

    pillar: Pillar
    title: str
    counts: dict[date, int] = field(default_factory=dict)
    participants: int = 0

    @property
    def total(self) -> int:
        """How many activities the part lists."""
        return sum(self.counts.values())


@dataclass
class Ledger:
    """The ledger of one organisation for some months of a campaign.

    `owners` are those whose work it lists. `waiting` activities are submitted and not
    counted; `outside` ones are approved but began in other months.
    """

    organization: Organization
    owners: Iterable[int]
    name: str
    campaign: Campaign
    months: list[date]
    in_addendum: bool
    parts: list[LedgerPart]
    waiting: int = 0
    outside: int = 0

    @property
    def total(self) -> int:
        """How many activities the ledger lists."""
        return sum(part.total for part in self.parts)

    @property
    def participants(self) -> int:
        """How many took part, as the records say; who comes twice counts twice."""
        return sum(part.participants for part in self.parts)

    def count_in(self, month: date) -> int:
        """How many activities of all pillars began in the month."""
        return sum(part.counts.get(month, 0) for part in self.parts)

    def activities(self, pillar: Pillar | None = None) -> QuerySet[Activity]:
        """What the ledger lists, by pillar, month, initiative and day."""
        rows = _recorded(self.owners, self.campaign, self.in_addendum).filter(
            begins_within(self.months[0], self.months[-1]), state=State.APPROVED
        )
        if pillar is not None:
            rows = rows.filter(pillar=pillar)
        return rows.annotate(month=month_begun()).order_by(
            "pillar__position",
            "month",
            "initiative__position",
            "initiative_id",
            "starts_at",
            "pk",
        )


def ledger_of(
    organization: Organization,
    campaign: Campaign,
    first_month: date,
    last_month: date,
    *,
    addendum: bool = False,
) -> Ledger:
    """Count what the ledger lists; both months are included.

    With `addendum` only what came after the freeze, otherwise only what is in the
    campaign's figures. Of a frozen campaign counts what stood below the organisation
    on the day it was frozen.
    """
    months = months_between(first_month, last_month)
    parts = _empty_parts(next_month(last_month) - timedelta(days=1))
    owners = owners_of(organization, campaign)
    ledger = Ledger(
        organization=organization,
        owners=owners,
        name=_name_of(organization, campaign),
        campaign=campaign,
        months=months,
        in_addendum=addendum,
        parts=list(parts.values()),
    )
    for pillar, month, state, count, people in _sums(owners, campaign, addendum):
        if state == State.SUBMITTED:
            ledger.waiting += count if month in months else 0
        elif month in months:
            parts[pillar].counts[month] = count
            parts[pillar].participants += people or 0
        else:
            ledger.outside += count
    return ledger


def _empty_parts(day: date) -> dict[int, LedgerPart]:
    titles = pillar_history()
    return {
        pillar.pk: LedgerPart(pillar, (titles.on(pillar.pk, day) or pillar).title)
        for pillar in Pillar.objects.all()
    }


def owners_of(organization: Organization, campaign: Campaign) -> Iterable[int]:
    """Numbers of the organisations whose work stands in its ledger."""
    if campaign.frozen_at:
        return below_at_freeze(places_at_freeze(campaign), organization.pk)
    return Organization.objects.below(organization).order_by().values("pk")


def _recorded(
    owners: Iterable[int], campaign: Campaign, in_addendum: bool
) -> QuerySet[Activity]:
    return Activity.objects.owned_by(owners).filter(
        campaign=campaign, in_addendum=in_addendum
    )


def _sums(owners: Iterable[int], campaign: Campaign, in_addendum: bool) -> Iterable:
    return (
        _recorded(owners, campaign, in_addendum)
        .filter(state__in=[State.APPROVED, State.SUBMITTED])
        .order_by()
        .annotate(month=month_begun())
        .values_list("pillar_id", "month", "state")
        .annotate(count=Count("pk"), people=Sum("participant_count"))
    )


def _name_of(organization: Organization, campaign: Campaign) -> str:
    """Its name, of a frozen campaign that of the day it was frozen."""
    if not campaign.frozen_at:
        return organization.name
    return places_at_freeze(campaign)[organization.pk].name
