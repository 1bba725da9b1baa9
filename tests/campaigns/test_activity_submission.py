"""Activities handed in: what is asked, and what is named when it lacks."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns import actions
from campaigns.actions import ActivityIncomplete, ActivityRefused
from campaigns.models import Activity, Deed, StudySession
from core.models.states import MoveRefused
from tests.campaigns.activity_work import moves_of, proven
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
    InitiativeFactory,
    PastActivityFactory,
)

pytestmark = pytest.mark.django_db
State = Activity.State


@pytest.fixture
def official(db):
    """Who records."""
    return UserFactory()


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


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.CANCELLED])
def test_submit_activity_again_is_refused(state, official):
    activity = proven(state=state)

    with pytest.raises(MoveRefused):
        actions.submit_activity(activity=activity, by=official)
