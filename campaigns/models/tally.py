"""Counters of activities, kept by whatever changes what counts (decision 16)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign

KINDS = ("approved", "waiting", "addendum")
COUNTED_STATES = ("approved", "submitted")  # of Activity


class TallyKey(NamedTuple):
    """What a counter counts; `owners` are numbers, ascending, "" of the lead alone."""

    campaign_id: int
    pillar_id: int
    month: date | None
    organization_id: int
    owners: str


Tallies = Counter[tuple[TallyKey, str]]


class ActivityTally(models.Model):
    """How many activities an organisation leads under a pillar in a month, by kind.

    `month` is the first day of the month of Beijing in which they begin; the row
    without one holds all months. A joint activity is counted in the row of all its
    owners, the lead and the partners that confirmed: "12,34". Changed by `tallied`
    alone, and mended by campaigns.actions.tallies.
    """

    campaign = models.ForeignKey(  # found by the constraints' indexes
        Campaign,
        verbose_name=_("行动"),
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    pillar = models.ForeignKey(
        "campaigns.Pillar",
        verbose_name=_("板块"),
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    organization = models.ForeignKey(
        "communities.Organization",
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    month = models.DateField(_("月份"), null=True)
    owners = models.CharField(_("联办各方"), max_length=1000, blank=True)
    approved = models.PositiveIntegerField(_("已通过"), default=0)
    waiting = models.PositiveIntegerField(_("待审核"), default=0)
    addendum = models.PositiveIntegerField(_("补充台账"), default=0)

    class Meta:
        verbose_name = _("活动计数")
        verbose_name_plural = _("活动计数")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "month", "pillar", "organization", "owners"],
                name="activity_tally_once_a_month",
                condition=models.Q(month__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["campaign", "pillar", "organization", "owners"],
                name="activity_tally_once_in_all",
                condition=models.Q(month=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.pillar_id} {self.month or ''}"


class TallyVersion(models.Model):
    """How often the counters of a campaign have changed; pages kept ask for it."""

    campaign = models.OneToOneField(
        Campaign,
        verbose_name=_("行动"),
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
    )
    number = models.PositiveBigIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = _("活动计数版本")
        verbose_name_plural = _("活动计数版本")

    def __str__(self) -> str:
        return str(self.number)


@contextmanager
def tallied(activities: models.Manager, numbers: Collection[int]) -> Iterator[None]:
    """Carry over to the counters what the block changes about these activities.

    Looks at them before and after, inside the caller's transaction; never inside
    another such block about the same activity, it would count twice. The campaigns
    are locked first: whoever changes owners or states of activities holds that lock
    already (lock_campaigns), so counters never change twice at once and need no
    order of their own.
    """
    rows = activities.filter(pk__in=numbers).order_by()
    lock_counters(Campaign.objects.filter(pk__in=rows.values("campaign")))
    before = standing(rows)
    yield
    change_tallies(standing(rows), before)


def lock_counters(campaigns: models.QuerySet) -> None:
    """Let nobody else change what counts in these campaigns, lowest number first."""
    locked = campaigns.select_for_update(no_key=True).order_by("pk")
    list(locked.values_list("pk", flat=True))


def standing(activities: models.QuerySet) -> Tallies:
    """What the counters must say of these activities, by key and kind.

    Meant for few, or for joint ones: reads a row for each partner that was asked.
    """
    names = ("campaign_id", "pillar_id", "organization_id", "starts_at")
    rows = (
        activities.filter(state__in=COUNTED_STATES)
        .order_by()
        .values_list(
            "pk",
            *names,
            "state",
            "in_addendum",
            "partners__organization_id",
            "partners__state",
        )
    )
    facts, partners = {}, defaultdict(set)
    for pk, *values, partner, answer in rows:
        facts[pk] = values
        if answer == "confirmed":
            partners[pk].add(partner)
    found: Tallies = Counter()
    for pk, (campaign, pillar, lead, starts_at, state, late) in facts.items():
        month = timezone.localdate(starts_at).replace(day=1)
        owners = text_of(lead, partners[pk])
        kind = kind_of(state, in_addendum=late)
        for one in (month, None):
            found[TallyKey(campaign, pillar, one, lead, owners), kind] += 1
    return found


def text_of(lead: int, partners: Iterable[int]) -> str:
    """The owners of a joint activity as the counters write them."""
    numbers = {lead, *partners}
    return ",".join(map(str, sorted(numbers))) if len(numbers) > 1 else ""


def kind_of(state: str, *, in_addendum: bool) -> str:
    """Which counter an activity of a counted state is in."""
    if state == "submitted":
        return "waiting"
    return "addendum" if in_addendum else "approved"


def change_tallies(after: Tallies, before: Tallies) -> int:
    """Move the counters by the difference; returns how many rows changed."""
    changes: dict[TallyKey, dict[str, int]] = defaultdict(dict)
    for key, kind in after.keys() | before.keys():
        if difference := after[key, kind] - before[key, kind]:
            changes[key][kind] = difference
    for campaign in {key.campaign_id for key in changes}:
        renew_version(campaign)
    for key, kinds in changes.items():
        rows = ActivityTally.objects.filter(**_lookups(key))
        if not rows.update(**{kind: F(kind) + more for kind, more in kinds.items()}):
            ActivityTally.objects.create(**key._asdict(), **kinds)
    return len(changes)


def renew_version(campaign: int) -> None:
    """Say that counters of the campaign have changed."""
    versions = TallyVersion.objects.filter(campaign=campaign)
    if not versions.update(number=F("number") + 1):
        TallyVersion.objects.create(campaign_id=campaign, number=1)


def _lookups(key: TallyKey) -> dict[str, object]:
    """The key as a condition; no month is not the same as any."""
    values = key._asdict()
    if key.month is None:
        del values["month"]
        values["month__isnull"] = True
    return values
