"""The counters of activities compared with the activities, and mended."""

from collections import Counter
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models.functions import TruncMonth
from django.utils import timezone

from campaigns.models import Activity, ActivityPartner, ActivityTally, Campaign
from campaigns.models.tally import (
    COUNTED_STATES,
    KINDS,
    Tallies,
    TallyKey,
    kind_of,
    lock_counters,
    renew_version,
    standing,
)
from core import audit

BATCH = 2000


@dataclass(frozen=True)
class Checked:
    """What was compared in a campaign: activities, counters, how many were wrong."""

    campaign: Campaign
    activities: int
    counters: int
    drifts: int


@transaction.atomic
def check_tallies(campaign: Campaign, *, repairs: bool = False) -> Checked:
    """Compare the counters of a campaign with its activities, and mend them.

    Both are read under the lock that every change of them takes, so that no
    difference is only one of time. What is mended is written to the log.
    """
    lock_counters(Campaign.objects.filter(pk=campaign.pk))
    true, kept = counted(campaign), _kept(campaign)
    wrong = {key for key in true.keys() | kept.keys() if true[key] != kept[key]}
    if wrong and repairs:
        _mend(campaign, true, {key for key, _kind in wrong})
    return Checked(
        campaign=campaign,
        activities=sum(n for (key, _kind), n in true.items() if key.month is None),
        counters=len({key for key, _kind in kept}),
        drifts=len(wrong),
    )


def counted(campaign: Campaign) -> Tallies:
    """What the counters of a campaign must say, counted from its activities."""
    confirmed = ActivityPartner.objects.filter(
        activity=models.OuterRef("pk"), state=ActivityPartner.State.CONFIRMED
    )
    is_joint = models.Exists(confirmed)
    rows = Activity.objects.filter(campaign=campaign, state__in=COUNTED_STATES)
    found = standing(rows.filter(is_joint))
    month = TruncMonth(
        "starts_at",
        output_field=models.DateField(),
        tzinfo=timezone.get_default_timezone(),
    )
    names = ("pillar_id", "month", "organization_id", "state", "in_addendum")
    alone = rows.filter(~is_joint).order_by().annotate(month=month)
    for pillar, first, lead, state, late, count in alone.values_list(*names).annotate(
        models.Count("pk")
    ):
        for one in (first, None):
            key = TallyKey(campaign.pk, pillar, one, lead, "")
            found[key, kind_of(state, in_addendum=late)] += count
    return found


def _kept(campaign: Campaign) -> Tallies:
    rows = ActivityTally.objects.filter(campaign=campaign).order_by()
    return Counter(
        {
            (TallyKey(*key), kind): count
            for *key, approved, waiting, addendum in rows.values_list(
                *TallyKey._fields, *KINDS
            )
            for kind, count in zip(KINDS, (approved, waiting, addendum), strict=True)
            if count
        }
    )


def _mend(campaign: Campaign, true: Tallies, keys: set[TallyKey]) -> None:
    """Write the counters of these keys anew; one that counts nothing stays, as 0."""
    rows = ActivityTally.objects.filter(campaign=campaign)
    held = {key_of(row): row for row in rows.iterator()}
    mended = [held.get(key) or ActivityTally(**key._asdict()) for key in keys]
    for row in mended:
        for kind in KINDS:
            setattr(row, kind, true[key_of(row), kind])
    known = [row for row in mended if row.pk]
    ActivityTally.objects.bulk_update(known, KINDS, batch_size=BATCH)
    new = (row for row in mended if not row.pk)
    ActivityTally.objects.bulk_create(new, batch_size=BATCH)
    renew_version(campaign.pk)
    audit.record(
        "campaigns.activity_tally_mended", target=campaign, by=None, rows=len(mended)
    )


def key_of(row: ActivityTally) -> TallyKey:
    """What this counter counts."""
    return TallyKey(*(getattr(row, name) for name in TallyKey._fields))
