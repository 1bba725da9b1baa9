"""A campaign is frozen while an organisation is merged: neither stops the other."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from campaigns.actions.campaigns import freeze_campaign
from campaigns.models import Campaign
from communities.models import Organization, RegisterChange
from tests.campaigns.frozen import DAY_AFTER, LAST_DAY, record
from tests.communities.trees import branch, change, committee
from tests.factories.campaigns import CampaignFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_freeze_and_merger_at_once_are_both_carried_out():
    campaign = CampaignFactory(state="closing", closes_on=LAST_DAY)
    heir = committee()
    gone = branch(committee(heir.parent))
    record(campaign, gone, state="approved")
    now = timezone.now()
    open_one = record(campaign, gone, starts_at=now, ends_at=now + timedelta(hours=2))
    freeze = partial(freeze_campaign, campaign=campaign, today=DAY_AFTER, by=None)
    merge = partial(
        change, gone, RegisterChange.Kind.MERGE, timezone.localdate(), successor=heir.pk
    )

    with before_commit_of(freeze) as start:
        merging = start(merge)
    merging.result(timeout=20)

    gone.refresh_from_db()
    open_one.refresh_from_db()
    assert gone.state == Organization.State.MERGED
    assert Campaign.objects.get().is_frozen
    assert (open_one.organization, open_one.in_addendum) == (heir, True)
