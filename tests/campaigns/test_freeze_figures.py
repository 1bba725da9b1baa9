"""Frozen figures never move, whatever is done; what comes late is in the addendum."""

from copy import copy
from datetime import date

import pytest
from django.utils import timezone

from campaigns.actions import (
    add_evidence,
    cancel_activity,
    create_activity,
    create_activity_from_claim,
    remove_evidence,
    review_activity,
    submit_activity,
    update_activity,
    words_of,
)
from campaigns.actions.campaigns import (
    archive_campaign,
    freeze_campaign,
    freeze_due_campaigns,
)
from campaigns.actions.partners import answer_partner, withdraw_partner
from campaigns.actions.pillars import update_initiative
from campaigns.actions.words import rename_initiative, rename_pillar
from campaigns.models import Activity, Campaign, FrozenFigure
from campaigns.queries.figures import (
    Figure,
    addendum_figures,
    addendum_rows,
    led_counts_by_pillar,
    live_rows,
    owner_count,
    progress_rows,
)
from core.errors import RuleError
from core.uploads import check_photo
from tests.campaigns.frozen import DAY_AFTER, LAST_DAY, frozen_scene, record
from tests.communities.trees import Kind, change, committee
from tests.factories.activities import ActivityPartnerFactory
from tests.factories.campaigns import CampaignFactory, EvidenceFactory
from tests.factories.needs import NeedClaimFactory
from tests.files import picture, upload

pytestmark = pytest.mark.django_db
State = Activity.State
TODAY = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def scene():
    return frozen_scene()


def _approve(scene, activity):
    review_activity(activity=activity, decision="approved", by=scene.reviewer)


def _hand_in(scene, activity):
    submit_activity(activity=activity, by=scene.recorder)
    _approve(scene, activity)


def _create_late(scene):
    activity = copy(scene.late[State.DRAFT])
    activity.pk, activity._state.adding, activity.title = None, True, "补记的活动"
    activity = create_activity(activity=activity, by=scene.recorder)
    EvidenceFactory(activity=activity)
    _hand_in(scene, activity)


def _edit(activity, scene, **values):
    update_activity(activity=activity, values=values, by=scene.recorder)


def _confirm_late(scene):
    late = scene.late[State.RETURNED]
    partner = ActivityPartnerFactory(activity=late)
    answer_partner(partner=partner, confirms=True, by=scene.recorder)
    _hand_in(scene, late)


def _move_out(scene):
    other = CampaignFactory(title="下一个行动")
    _edit(scene.late[State.DRAFT], scene, campaign=other)


def _move_in(scene):
    other = CampaignFactory(title="下一个行动")
    activity = record(other, scene.leader)
    _edit(activity, scene, campaign=scene.campaign)
    _hand_in(scene, activity)


def _archive(scene):
    _approve(scene, scene.late[State.SUBMITTED])
    archive_campaign(campaign=scene.campaign, by=scene.reviewer)


def _counted_photo(scene):
    return scene.counted.evidence.get()


def _merge(scene):
    change(scene.leader, Kind.MERGE, successor=committee(scene.leader.parent).pk)


ALLOWED = {
    "approve late": lambda s: _approve(s, s.late[State.SUBMITTED]),
    "hand in late": lambda s: _hand_in(s, s.late[State.DRAFT]),
    "create late": _create_late,
    "people of late": lambda s: _edit(s.late[State.DRAFT], s, participant_count=500),
    "cancel late": lambda s: cancel_activity(
        activity=s.late[State.DRAFT], reason="取消", by=s.recorder
    ),
    "confirm late": _confirm_late,
    "move out": _move_out,
    "move in": _move_in,
    "archive": _archive,
    "freeze by clock": lambda s: freeze_due_campaigns(today=TODAY),
    "rename leader": lambda s: change(
        s.leader, Kind.RENAME, name="新名称", unit_name="新单位"
    ),
    "move partner": lambda s: change(
        s.partner.organization, Kind.MOVE, parent=s.leader.pk
    ),
    "merge leader": _merge,
    "dissolve partner": lambda s: change(s.partner.organization, Kind.DISSOLVE),
    "rename pillar": lambda s: rename_pillar(
        pillar=s.counted.pillar, title="新板块", summary="", today=TODAY, by=None
    ),
    "rename initiative": lambda s: rename_initiative(
        initiative=s.counted.initiative, title="新举措", today=TODAY, by=None
    ),
    "close initiative": lambda s: update_initiative(
        initiative=s.counted.initiative,
        values={"is_open": False, "position": 99},
        today=TODAY,
        by=None,
    ),
}
REFUSED = {
    "people": lambda s: _edit(s.counted, s, participant_count=500),
    "campaign": lambda s: _edit(s.counted, s, campaign=CampaignFactory(title="另一个")),
    "cancel": lambda s: cancel_activity(
        activity=s.counted, reason="取消", by=s.recorder
    ),
    "add photo": lambda s: add_evidence(
        target=s.counted,
        upload=check_photo(upload(picture())),
        words=words_of(s.counted),
        by=s.recorder,
    ),
    "remove photo": lambda s: remove_evidence(evidence=_counted_photo(s), by=None),
    "return": lambda s: review_activity(
        activity=s.counted, decision="returned", reason="有误", by=s.reviewer
    ),
    "partner confirms": lambda s: answer_partner(
        partner=s.asked, confirms=True, by=s.recorder
    ),
    "partner leaves": lambda s: withdraw_partner(partner=s.partner, by=s.recorder),
    "freeze again": lambda s: freeze_campaign(
        campaign=s.campaign, today=TODAY, by=s.reviewer, reason="再来"
    ),
}


def _figures(campaign):
    campaign = Campaign.objects.get(pk=campaign.pk)
    totals = led_counts_by_pillar(campaign), owner_count(campaign)
    return progress_rows(campaign), totals


def test_freeze_writes_a_row_for_each_owner(scene):
    activity = scene.counted

    assert set(progress_rows(scene.campaign)) == {
        Figure(
            organization_id=owner.pk,
            path=owner.path,
            organization_name=owner.name,
            unit_name=owner.unit_name,
            pillar_id=activity.pillar_id,
            initiative_id=activity.initiative_id,
            month=date(2026, 6, 1),
            activity_count=1,
            led_count=led_count,
            participant_count=20,
            photo_count=1,
        )
        for owner, led_count in [(scene.leader, 1), (scene.partner.organization, 0)]
    }


def test_frozen_figures_are_what_the_live_ones_were(scene):
    assert progress_rows(scene.campaign) == live_rows(scene.campaign)


def test_freeze_sends_what_is_not_approved_to_the_addendum():
    campaign = CampaignFactory(state="closing", closes_on=LAST_DAY)
    organization = committee()
    held = {state: record(campaign, organization, state=state) for state in State}

    freeze_campaign(campaign=campaign, today=DAY_AFTER, by=None)

    late = Activity.objects.filter(in_addendum=True).values_list("state", flat=True)
    assert set(late) == set(held) - {State.APPROVED, State.CANCELLED}


@pytest.mark.parametrize("act", ALLOWED.values(), ids=ALLOWED)
def test_frozen_figures_stand_whatever_happens_later(act, scene):
    before = _figures(scene.campaign)

    act(scene)

    assert _figures(scene.campaign) == before
    assert len(before[0]) == FrozenFigure.objects.count() == 2


def test_frozen_figures_do_not_depend_on_the_rows_behind_them(scene):
    before = _figures(scene.campaign)

    Activity.objects.update(state=State.CANCELLED)  # as by hand in the database

    assert _figures(scene.campaign) == before


@pytest.mark.parametrize("act", REFUSED.values(), ids=REFUSED)
def test_what_stands_in_frozen_figures_is_closed_for_changes(act, scene):
    before = _figures(scene.campaign)

    with pytest.raises(RuleError):
        act(scene)

    assert _figures(scene.campaign) == before


def test_addendum_shows_what_came_late(scene):
    late = [scene.late[State.DRAFT], scene.late[State.RETURNED]]
    for activity in late:
        _hand_in(scene, activity)

    assert list(addendum_rows(scene.campaign)) == late
    [row] = addendum_figures(scene.campaign)
    assert (row.organization_id, row.activity_count) == (scene.leader.pk, 2)


def test_late_record_moved_to_a_running_campaign_counts_there(scene):
    _move_out(scene)
    activity = scene.late[State.DRAFT]

    _hand_in(scene, activity)

    assert not addendum_rows(scene.campaign).exists()
    [row] = progress_rows(Campaign.objects.get(title="下一个行动"))
    assert row.activity_count == 1


def test_record_moved_into_a_frozen_campaign_is_late_and_leaves_the_other(scene):
    _move_in(scene)

    assert addendum_rows(scene.campaign).count() == 1
    assert progress_rows(Campaign.objects.get(title="下一个行动")) == []


def test_merger_leaves_approved_activities_where_they_counted(scene):
    _merge(scene)

    owner = Activity.objects.get(pk=scene.counted.pk).organization
    assert (owner, owner.state) == (scene.leader, "merged")
    assert Activity.objects.get(pk=scene.late[State.DRAFT].pk).organization != owner


def test_activity_of_a_claim_stands_in_the_campaign_under_way(scene):
    current = CampaignFactory(title="下一个行动")

    activity = create_activity_from_claim(
        claim=NeedClaimFactory(), by=scene.recorder, now=timezone.now()
    )

    assert (activity.campaign, activity.in_addendum) == (current, False)
