"""Activities: saved, published, submitted, reviewed, cancelled, ended."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Notification
from campaigns import actions
from campaigns.actions import ActivityIncomplete, ActivityRefused, NotEditable
from campaigns.models import Activity, Campaign, Deed, Review, StudySession
from core.audit import history_of
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
    InitiativeFactory,
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


def proven(**values):
    """A past activity with a text and a photo."""
    activity = PastActivityFactory(**values)
    EvidenceFactory(activity=activity)
    return activity


def submitted(official, **values):
    return proven(
        state=State.SUBMITTED,
        submitted_by=official,
        submitted_at=timezone.now(),
        **values,
    )


def moves_of(activity):
    """The audit lines of an activity's moves: verb, who, from, to, why."""
    return [
        (entry.verb, entry.actor_id, entry.data["before"], entry.reason)
        for entry in history_of(activity)
        if "before" in entry.data
    ]


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
    activity = ActivityFactory(place="示例广场")

    actions.update_activity(
        activity=activity, values={"title": "新名称", "place": "示例广场"}, by=official
    )

    activity.refresh_from_db()
    assert activity.title == "新名称"
    entry = AuditEntry.objects.get(verb="campaigns.activity_changed")
    assert (entry.actor_id, entry.data) == (official.pk, {"fields": ["title"]})


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


def test_submit_activity_hands_it_over(official):
    activity = proven()

    actions.submit_activity(activity=activity, by=official)

    activity.refresh_from_db()
    assert (activity.state, activity.submitted_by) == (State.SUBMITTED, official)
    assert timezone.now() - activity.submitted_at < timedelta(minutes=1)
    assert moves_of(activity) == [
        ("campaigns.activity_submitted", official.pk, "draft", "")
    ]


def test_submit_activity_published_before_ends_it_first(official):
    activity = proven(state=State.PUBLISHED)

    actions.submit_activity(activity=activity, by=official)

    assert moves_of(activity) == [
        ("campaigns.activity_ended", None, "published", ""),
        ("campaigns.activity_submitted", official.pk, "ended", ""),
    ]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        pytest.param(lambda: ActivityFactory(), "尚未结束", id="not over"),
        pytest.param(
            lambda: proven(
                campaign=CampaignFactory(title="示例旧行动", state="archived")
            ),
            "不能记录活动",
            id="archived campaign",
        ),
    ],
)
def test_submit_activity_that_is_not_fit_is_refused(make, text, official):
    activity = make()

    with pytest.raises(ActivityRefused, match=text):
        actions.submit_activity(activity=activity, by=official)

    activity.refresh_from_db()
    assert (activity.state, moves_of(activity)) == (State.DRAFT, [])


def wishes(**values):
    """A past activity of an initiative that wants this."""
    initiative = InitiativeFactory(**values, counts_as_service=False)
    return PastActivityFactory(initiative=initiative, pillar=initiative.pillar)


def gaps(error):
    return [(gap.text, gap.field) for gap in error.value.missing]


def test_submit_activity_names_all_that_is_missing_at_once(official):
    activity = wishes(
        kind="study",
        photos_wanted=2,
        wants_document=True,
        wants_participant_count=True,
    )
    Activity.objects.filter(pk=activity.pk).update(text=" \n")
    photo = EvidenceFactory(activity=activity, place="", people="")

    with pytest.raises(ActivityIncomplete) as error:
        actions.submit_activity(activity=activity, by=official)

    assert gaps(error) == [
        ("请填写活动说明", "text"),
        ("请填写学习主题", "topic"),
        ("请填写主持人", "host"),
        ("请填写参加人数", "participant_count"),
        ("请至少上传 2 张照片（现有 1 张）", "evidence"),
        ("请附上文件", "evidence"),
        ("第 1 张照片的说明还缺：地点、人物", "evidence"),
    ]
    assert error.value.missing[-1].evidence_id == photo.pk
    assert str(error.value).startswith(
        "还不能提交审核：请填写活动说明；请填写学习主题；"
    )
    assert (Activity.objects.get().state, moves_of(activity)) == (State.DRAFT, [])


def test_submit_activity_of_a_deed_needs_its_result(official):
    activity = wishes(kind="deed", photos_wanted=0)
    activity.deed = Deed.objects.create(
        activity=activity, promise="修路灯", promised_for=date(2026, 5, 1)
    )

    with pytest.raises(ActivityIncomplete) as error:
        actions.submit_activity(activity=activity, by=official)

    assert gaps(error) == [
        ("请填写实际完成日期", "done_on"),
        ("请填写办理结果", "result"),
    ]


def test_submit_activity_asks_no_more_than_its_initiative_wants(official):
    activity = wishes(kind="publicity", photos_wanted=0)

    actions.submit_activity(activity=activity, by=official)

    assert Activity.objects.get().state == State.SUBMITTED


@pytest.mark.parametrize("field", ["topic", "host", "participant_count"])
def test_submit_study_session_lacking_one_thing_names_it(field, official):
    activity = wishes(kind="study", wants_participant_count=True, photos_wanted=0)
    study = StudySession.objects.create(activity=activity, topic="示例", host="示例人")
    activity.participant_count = None if field == "participant_count" else 3
    activity.save()
    if field != "participant_count":
        setattr(study, field, "")
        study.save()

    with pytest.raises(ActivityIncomplete) as error:
        actions.submit_activity(activity=activity, by=official)

    assert [gap.field for gap in error.value.missing] == [field]


def test_activity_of_a_study_initiative_never_gives_hours(official):
    made = wishes(kind="study")
    made.pk, made.title, made.counts_as_service = None, "新的学习", True
    made._state.adding = True
    service = ActivityFactory(counts_as_service=True, campaign=made.campaign)
    values = {"initiative": made.initiative, "pillar": made.pillar}

    created = actions.create_activity(activity=made, by=official)
    changed = actions.update_activity(activity=service, values=values, by=official)
    kept = actions.update_activity(
        activity=created, values={"counts_as_service": True}, by=official
    )

    for activity in (created, changed, kept):
        activity.refresh_from_db()
        assert activity.counts_as_service is False


def test_update_activity_to_an_inactive_organization_is_refused(official):
    gone = OrganizationFactory(state="suspended")

    with pytest.raises(ActivityRefused, match="不能再记录"):
        actions.update_activity(
            activity=ActivityFactory(), values={"organization": gone}, by=official
        )


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.CANCELLED])
def test_submit_activity_again_is_refused(state, official):
    activity = proven(state=state)

    with pytest.raises(MoveRefused):
        actions.submit_activity(activity=activity, by=official)


def review(activity, reviewer, decision, reason=""):
    return actions.review_activity(
        activity=activity, decision=decision, reason=reason, by=reviewer
    )


def told():
    rows = Notification.objects.order_by("pk")
    return list(rows.values_list("recipient", "kind", "path", "email_state"))


def test_review_activity_approves_and_tells(official, reviewer):
    activity = submitted(official)

    decided = review(activity, reviewer, Review.Decision.APPROVED)

    activity.refresh_from_db()
    assert (activity.state, activity.reviewed_at) == (
        State.APPROVED,
        decided.reviewed_at,
    )
    assert moves_of(activity) == [
        ("campaigns.activity_approved", reviewer.pk, "submitted", "")
    ]
    assert told() == [
        (official.pk, "activity_reviewed", activity.get_absolute_url(), "due")
    ]


def test_review_activity_returns_with_the_reason(official, reviewer):
    activity = submitted(official)

    review(activity, reviewer, Review.Decision.RETURNED, " 照片不清 ")

    assert moves_of(activity) == [
        ("campaigns.activity_returned", reviewer.pk, "submitted", "照片不清")
    ]
    assert "理由：照片不清。" in Notification.objects.get().body


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_review_activity_returns_only_with_a_reason(reason, official, reviewer):
    activity = submitted(official)

    with pytest.raises(ActivityRefused, match="写明理由"):
        review(activity, reviewer, Review.Decision.RETURNED, reason)

    activity.refresh_from_db()
    assert (activity.state, Review.objects.count(), told()) == (State.SUBMITTED, 0, [])


def test_review_activity_of_ones_own_is_refused(official):
    activity = submitted(official)

    with pytest.raises(ActivityRefused, match="不能审核自己提交"):
        review(activity, official, Review.Decision.APPROVED)


@pytest.mark.parametrize("state", [state for state in State if state != "submitted"])
def test_review_activity_not_waiting_any_more_is_refused(state, reviewer):
    activity = proven(state=state)

    with pytest.raises(ActivityRefused, match="已不在待审核状态"):
        review(activity, reviewer, Review.Decision.APPROVED)


def test_review_activity_again_after_mending_tells_again(official, reviewer):
    activity = submitted(official)
    review(activity, reviewer, Review.Decision.RETURNED, "照片不清")
    actions.submit_activity(activity=activity, by=official)

    review(activity, reviewer, Review.Decision.APPROVED)

    assert [row.decision for row in activity.reviews.order_by("pk")] == [
        "returned",
        "approved",
    ]
    assert len(told()) == 2


def test_review_that_returns_has_a_reason_in_the_database(official, reviewer):
    with pytest.raises(IntegrityError, match="review_return_has_reason"):
        Review.objects.create(
            activity=submitted(official), decision="returned", reviewed_by=reviewer
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
