"""Activities: saved, published, cancelled, ended."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from campaigns import actions
from campaigns.actions import ActivityRefused, NotEditable
from campaigns.models import Activity, Campaign
from core.audit import history_of
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.campaigns.activity_work import moves_of
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    PastActivityFactory,
    PillarFactory,
)
from tests.factories.communities import OrganizationFactory

pytestmark = pytest.mark.django_db
State = Activity.State
TAKES_NO_RECORDS = [
    Campaign.State.PLANNED,
    Campaign.State.ARCHIVED,
]


@pytest.fixture
def official(db):
    """Who records."""
    return UserFactory()


@pytest.fixture
def reviewer(db):
    """Who reviews."""
    return UserFactory()


def test_create_activity_keeps_who_and_records_it(official):
    activity = ActivityFactory.build(
        campaign=CampaignFactory(), **related_to(ActivityFactory())
    )

    actions.create_activity(activity=activity, by=official)

    activity.refresh_from_db()
    assert (activity.state, activity.created_by) == (State.DRAFT, official)
    entry = AuditEntry.objects.get(verb="campaigns.activity_created")
    assert (entry.actor_id, entry.target_id) == (official.pk, activity.pk)


def related_to(activity):
    names = ["organization", "pillar", "initiative", "community"]
    return {name: getattr(activity, name) for name in names}


@pytest.mark.parametrize("state", TAKES_NO_RECORDS)
def test_create_activity_in_a_closed_campaign_is_refused(state, official):
    other = ActivityFactory()
    campaign = CampaignFactory(title="示例旧行动", state=state)
    activity = ActivityFactory.build(campaign=campaign, **related_to(other))

    with pytest.raises(ActivityRefused, match="不能记录活动"):
        actions.create_activity(activity=activity, by=official)

    assert list(Activity.objects.all()) == [other]


def test_update_activity_records_the_fields_that_changed(official):
    activity = ActivityFactory(title="旧名称", place="示例广场")

    actions.update_activity(
        activity=activity, values={"title": "新名称", "place": "示例广场"}, by=official
    )

    activity.refresh_from_db()
    assert activity.title == "新名称"
    entry = AuditEntry.objects.get(verb="campaigns.activity_changed")
    changes = {"title": ["旧名称", "新名称"]}
    assert entry.actor_id == official.pk
    assert entry.data == {"fields": ["title"], "changes": changes}


def test_update_activity_without_a_change_records_nothing(official):
    activity = ActivityFactory()

    actions.update_activity(
        activity=activity, values={"title": activity.title}, by=official
    )

    assert list(history_of(activity)) == []


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.CANCELLED])
def test_update_activity_that_is_closed_is_refused(state, official):
    activity = ActivityFactory(state=state, title="旧名称")

    with pytest.raises(NotEditable, match="不能再修改"):
        actions.update_activity(
            activity=activity, values={"title": "新名称"}, by=official
        )

    activity.refresh_from_db()
    assert activity.title == "旧名称"


@pytest.mark.parametrize("state", TAKES_NO_RECORDS)
def test_update_activity_of_a_closed_campaign_is_refused(state, official):
    campaign = CampaignFactory(title="示例旧行动", state=state)
    activity = ActivityFactory(campaign=campaign)

    with pytest.raises(ActivityRefused, match="不能记录活动"):
        actions.update_activity(
            activity=activity, values={"title": "新名称"}, by=official
        )


def test_update_activity_into_a_closed_campaign_is_refused(official):
    old = CampaignFactory(title="示例旧行动", state=Campaign.State.ARCHIVED)

    with pytest.raises(ActivityRefused, match="已归档"):
        actions.update_activity(
            activity=ActivityFactory(), values={"campaign": old}, by=official
        )


def test_update_activity_in_public_keeps_its_safety(official):
    activity = ActivityFactory(state=State.PUBLISHED)

    with pytest.raises(ActivityRefused, match="保险和安全须知"):
        actions.update_activity(
            activity=activity, values={"risk": "medium"}, by=official
        )


def test_publish_activity_opens_it_and_says_who(official):
    activity = ActivityFactory()

    actions.publish_activity(activity=activity, by=official)

    activity.refresh_from_db()
    assert activity.state == State.PUBLISHED
    assert moves_of(activity) == [
        ("campaigns.activity_published", official.pk, "draft", "")
    ]


@pytest.mark.parametrize("risk", [Activity.Risk.MEDIUM, Activity.Risk.HIGH])
@pytest.mark.parametrize(
    ("insurance", "briefing"),
    [
        pytest.param("", "示例须知", id="no insurance"),
        pytest.param("示例保险", " ", id="no briefing"),
    ],
)
def test_publish_activity_with_risk_needs_safety(risk, insurance, briefing, official):
    activity = ActivityFactory(risk=risk, insurance=insurance, safety_briefing=briefing)

    with pytest.raises(ActivityRefused, match="保险和安全须知"):
        actions.publish_activity(activity=activity, by=official)


def test_publish_activity_with_risk_and_safety_opens_it(official):
    activity = ActivityFactory(
        risk="high", insurance="示例保险", safety_briefing="示例须知"
    )

    actions.publish_activity(activity=activity, by=official)

    assert Activity.objects.get().state == State.PUBLISHED


def test_publish_activity_that_is_over_is_refused(official):
    with pytest.raises(ActivityRefused, match="已经结束"):
        actions.publish_activity(activity=PastActivityFactory(), by=official)


def test_update_activity_to_an_inactive_organization_is_refused(official):
    gone = OrganizationFactory(state="suspended")

    with pytest.raises(ActivityRefused, match="不能再记录"):
        actions.update_activity(
            activity=ActivityFactory(), values={"organization": gone}, by=official
        )


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED, State.RETURNED])
def test_cancel_activity_says_who_and_why(state, official):
    activity = ActivityFactory(state=state)

    actions.cancel_activity(activity=activity, reason=" 台风 ", by=official)

    assert moves_of(activity) == [
        ("campaigns.activity_cancelled", official.pk, state, "台风")
    ]


def test_cancel_activity_without_a_reason_is_refused(official):
    with pytest.raises(ActivityRefused, match="写明理由"):
        actions.cancel_activity(activity=ActivityFactory(), reason=" ", by=official)


@pytest.mark.parametrize(
    "state", [State.ENDED, State.SUBMITTED, State.APPROVED, State.CANCELLED]
)
def test_cancel_activity_past_cancelling_is_refused(state, official):
    with pytest.raises(MoveRefused, match="不能改为“已取消”"):
        actions.cancel_activity(
            activity=ActivityFactory(state=state), reason="台风", by=official
        )


def test_end_due_activities_ends_what_is_over():
    now = timezone.now()
    over = PastActivityFactory(state=State.PUBLISHED, ends_at=now)
    PastActivityFactory()
    ActivityFactory(state=State.PUBLISHED)
    PastActivityFactory(state=State.APPROVED)

    counts = [actions.end_due_activities(now=now) for _run in range(2)]

    assert counts == [1, 0]
    states = Activity.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.ENDED, State.DRAFT, State.PUBLISHED, State.APPROVED]
    assert moves_of(over) == [("campaigns.activity_ended", None, "published", "")]


def test_end_due_activities_leaves_what_ends_in_a_second():
    activity = ActivityFactory(state=State.PUBLISHED)

    ended = actions.end_due_activities(now=activity.ends_at - timedelta(seconds=1))

    assert ended == 0


ALL_MOVES = {(before, after) for before in State for after in State}
ALLOWED = {
    ("draft", "published"),
    ("draft", "submitted"),
    ("draft", "cancelled"),
    ("published", "ended"),
    ("published", "cancelled"),
    ("ended", "submitted"),
    ("submitted", "approved"),
    ("submitted", "returned"),
    ("returned", "submitted"),
    ("returned", "cancelled"),
}


def test_activity_moves_are_those_of_the_product():
    assert {
        (str(before), str(after))
        for before, after in ALL_MOVES
        if Activity(state=before).can_move_to(after)
    } == ALLOWED


def test_move_outside_the_table_changes_nothing(official):
    activity = ActivityFactory()

    with pytest.raises(MoveRefused, match="当前状态为“草稿”，不能改为“已通过”。"):
        activity.move_to(State.APPROVED, by=official)

    assert (activity.state, Activity.objects.get().state) == (State.DRAFT, State.DRAFT)
    assert list(history_of(activity)) == []


CAMPAIGN_STATES = ["planned", "active", "closing", "frozen", "archived"]


@pytest.mark.parametrize("before", CAMPAIGN_STATES)
def test_campaign_moves_one_step_forward_only(before):
    following = CAMPAIGN_STATES[CAMPAIGN_STATES.index(before) + 1 :][:1]
    campaign = Campaign(state=before)

    assert [
        state for state in Campaign.State if campaign.can_move_to(state)
    ] == following


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        pytest.param(
            {"ends_at": timezone.now() - timedelta(days=99)},
            "activity_ends_after_start",
            id="ends first",
        ),
        pytest.param(
            {"second_pillar": "own"}, "activity_second_pillar_differs", id="same pillar"
        ),
    ],
)
def test_activity_constraints_hold(values, constraint):
    pillar = PillarFactory()
    activity = ActivityFactory(pillar=pillar)
    if values == {"second_pillar": "own"}:
        values = {"second_pillar": pillar}

    with pytest.raises(IntegrityError, match=constraint):
        Activity.objects.filter(pk=activity.pk).update(**values)
