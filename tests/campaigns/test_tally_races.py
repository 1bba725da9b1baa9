"""Counters while two decide at once."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from campaigns.actions.partners import answer_partner
from campaigns.actions.reviews import review_activity
from campaigns.actions.tallies import check_tallies
from campaigns.models import ActivityTally, Campaign
from core.errors import RuleError
from tests.campaigns.test_tallies import merge, waiting
from tests.communities.trees import branch, committee
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityPartnerFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def approve(row):
    review_activity(activity=row, decision="approved", by=UserFactory())


def refused(call):
    try:
        call()
    except RuleError:
        return True
    return False


def drifts():
    return check_tallies(Campaign.objects.get()).drifts


def test_two_approvals_at_once_count_both():
    first = waiting()
    second = waiting(organization=first.organization, pillar=first.pillar)

    with before_commit_of(partial(approve, first)) as start:
        approving = start(partial(approve, second))
    approving.result(timeout=20)

    assert drifts() == 0
    assert set(ActivityTally.objects.values_list("approved", flat=True)) == {2}


def test_approval_while_a_partner_confirms_counts_the_partner():
    asked = ActivityPartnerFactory(activity=waiting())
    confirm = partial(answer_partner, partner=asked, confirms=True, by=UserFactory())

    with before_commit_of(confirm) as start:
        approving = start(partial(approve, asked.activity))
    approving.result(timeout=20)

    assert drifts() == 0
    assert ActivityTally.objects.filter(approved=1).exclude(owners="").count() == 2


def test_approval_while_the_partner_is_merged_counts_the_successor():
    root = committee()
    gone, heir = branch(root), branch(root)
    soon = timezone.now() + timedelta(hours=1)
    row = waiting(organization=branch(root), starts_at=soon)
    ActivityPartnerFactory(activity=row, organization=gone, state="confirmed")

    with before_commit_of(partial(merge, gone, heir)) as start:
        approving = start(partial(refused, partial(approve, row)))
    approving.result(timeout=20)

    assert drifts() == 0
    owners = ActivityTally.objects.filter(approved=1).values_list("owners", flat=True)
    assert {str(heir.pk) in one.split(",") for one in owners} == {True}
