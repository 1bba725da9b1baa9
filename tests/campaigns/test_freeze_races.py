"""A campaign is frozen while somebody works in it: nothing falls between."""

from functools import partial

import pytest
from django.utils import timezone

from campaigns.actions import (
    ActivityRefused,
    create_activity,
    create_activity_from_claim,
    review_activity,
    update_activity,
)
from campaigns.actions.campaigns import freeze_campaign, freeze_due_campaigns
from campaigns.models import Activity, Campaign
from campaigns.queries.figures import addendum_rows, led_counts_by_pillar
from core.audit import history_of
from core.models.states import MoveRefused
from tests.campaigns.frozen import DAY_AFTER, LAST_DAY, record
from tests.communities.trees import committee
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    CampaignFactory,
    InitiativeFactory,
    PastActivityFactory,
)
from tests.factories.needs import NeedClaimFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def campaign():
    return CampaignFactory(state="closing", closes_on=LAST_DAY)


@pytest.fixture
def submitted(campaign):
    return record(campaign, committee(), state="submitted", submitted_at=timezone.now())


def _freeze(campaign):
    return partial(freeze_campaign, campaign=campaign, today=DAY_AFTER, by=None)


def _approve(activity):
    return partial(
        review_activity, activity=activity, decision="approved", by=UserFactory()
    )


def _places(campaign):
    """How many activities stand in the figures, and in the addendum."""
    campaign = Campaign.objects.get(pk=campaign.pk)
    counted = sum(led_counts_by_pillar(campaign).values())
    return counted, addendum_rows(campaign).count()


def test_approval_before_the_freeze_stands_in_the_figures(campaign, submitted):
    with before_commit_of(_approve(submitted)) as start:
        freezing = start(_freeze(campaign))
        assert not freezing.done()
    freezing.result(timeout=20)

    assert _places(campaign) == (1, 0)


def test_approval_during_the_freeze_stands_in_the_addendum(campaign, submitted):
    with before_commit_of(_freeze(campaign)) as start:
        approving = start(_approve(submitted))
        assert not approving.done()
    approving.result(timeout=20)

    assert _places(campaign) == (0, 1)


def test_record_made_during_the_freeze_is_late(campaign):
    draft = PastActivityFactory(campaign=campaign)
    draft.pk, draft._state.adding, draft.title = None, True, "补记"
    create = partial(create_activity, activity=draft, by=UserFactory())

    with before_commit_of(_freeze(campaign)) as start:
        creating = start(create)

    assert creating.result(timeout=20).in_addendum


def test_record_moved_in_during_the_freeze_is_late(campaign):
    other = CampaignFactory(title="下一个行动")
    draft = PastActivityFactory(campaign=other)
    move = partial(
        update_activity, activity=draft, values={"campaign": campaign}, by=UserFactory()
    )

    with before_commit_of(_freeze(campaign)) as start:
        moving = start(move)

    assert moving.result(timeout=20).in_addendum


def test_claim_made_an_activity_during_the_freeze_is_refused(campaign):
    InitiativeFactory()
    make = partial(
        create_activity_from_claim,
        claim=NeedClaimFactory(),
        by=UserFactory(),
        now=timezone.now(),
    )

    with before_commit_of(_freeze(campaign)) as start:
        making = start(make)

    with pytest.raises(ActivityRefused, match="没有进行中的行动"):
        making.result(timeout=20)
    assert not Activity.objects.exists()


def test_clock_and_office_freeze_at_once_and_it_happens_once(campaign, submitted):
    _approve(submitted)()

    with before_commit_of(_freeze(campaign)) as start:
        by_clock = start(partial(freeze_due_campaigns, today=DAY_AFTER))

    assert by_clock.result(timeout=20) == 0
    frozen = history_of(campaign).filter(verb="campaigns.campaign_frozen")
    assert frozen.count() == 1
    assert _places(campaign) == (1, 0)


def test_office_freezes_what_the_clock_just_froze_and_is_told(campaign):
    with before_commit_of(partial(freeze_due_campaigns, today=DAY_AFTER)) as start:
        by_hand = start(_freeze(campaign))

    with pytest.raises(MoveRefused, match="已冻结"):
        by_hand.result(timeout=20)
