"""Counters of activities: what changes them, what proves and mends them."""

import importlib
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from campaigns.actions.partners import answer_partner
from campaigns.actions.reviews import review_activity
from campaigns.actions.tallies import check_tallies, counted
from campaigns.models import Activity, ActivityTally, Campaign, TallyVersion
from core.models import AuditEntry
from tests.communities.trees import Kind, branch, change, committee
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityPartnerFactory
from tests.factories.campaigns import CampaignFactory, PastActivityFactory
from tests.reports.ledgers import JUNE, activity, join

pytestmark = pytest.mark.django_db


def drifts():
    return [check_tallies(row).drifts for row in Campaign.objects.all()]


def waiting(**values):
    """An activity that waits for the office."""
    values = {"submitted_by": UserFactory(), **values}
    return PastActivityFactory(state="submitted", submitted_at=timezone.now(), **values)


def merge(gone, heir):
    change(gone, Kind.MERGE, timezone.localdate(), UserFactory(), successor=heir.pk)


def test_approval_moves_the_activity_from_waiting_to_approved():
    row = waiting()

    review_activity(activity=row, decision="approved", by=UserFactory())

    figures = ActivityTally.objects.values_list("approved", "waiting", "addendum")
    assert list(figures) == [(1, 0, 0)] * 2  # of its month, and of all
    assert drifts() == [0]


def test_partner_who_confirms_a_waiting_activity_is_counted_with_the_lead():
    asked = ActivityPartnerFactory(activity=waiting())

    answer_partner(partner=asked, confirms=True, by=UserFactory())

    held = ActivityTally.objects.filter(waiting=1).values_list("owners", flat=True)
    both = sorted([asked.organization_id, asked.activity.organization_id])
    assert list(held) == [",".join(map(str, both))] * 2
    assert drifts() == [0]


@pytest.mark.parametrize("part", ["lead", "partner"])
def test_merger_hands_a_waiting_activity_to_the_successor_s_counters(part):
    root = committee()
    gone, heir, other = branch(root), branch(root), branch(root)
    now = timezone.now()
    row = waiting(
        organization=gone if part == "lead" else other,
        starts_at=now + timedelta(hours=1),
    )
    if part == "partner":
        join(row, gone)

    merge(gone, heir)

    assert drifts() == [0]
    assert ActivityTally.objects.filter(waiting=1).count() == 2


def test_counter_below_zero_is_refused_by_the_database():
    activity(committee(), JUNE)

    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityTally.objects.update(approved=F("approved") - 2)


def test_check_finds_what_was_changed_past_the_actions():
    activity(committee(), JUNE)
    Activity.objects.update(in_addendum=True)

    with pytest.raises(CommandError):
        call_command("check_tallies", stdout=StringIO())

    # Approved and addendum, of the month and of all.
    assert drifts() == [4]


def test_repair_mends_and_says_so_in_the_log():
    row = activity(committee(), JUNE)
    join(row, committee())
    activity(committee(), JUNE, state="submitted")
    ActivityTally.objects.filter(waiting=1).update(waiting=5)
    ActivityTally.objects.exclude(owners="").update(owners="1,2")
    version = TallyVersion.objects.get().number

    call_command("check_tallies", "--repair", stdout=StringIO())

    assert drifts() == [0]
    assert AuditEntry.objects.filter(verb="campaigns.activity_tally_mended").exists()
    assert TallyVersion.objects.get().number > version


def test_migration_counts_what_is_there():
    campaign = CampaignFactory()
    row = activity(committee(), JUNE, state="submitted")
    join(row, committee())
    activity(committee(), JUNE, in_addendum=True)
    expected = counted(campaign)
    ActivityTally.objects.all().delete()
    module = importlib.import_module("campaigns.migrations.0014_activity_tallies")

    module.fill(apps, None)

    assert sum(expected.values()) == 4
    assert drifts() == [0]
