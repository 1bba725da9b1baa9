"""Approve and return: points to mend, turns, several at once."""

import pytest

from accounts.models import Notification
from campaigns.actions import ActivityRefused, Point, review_activity, review_several
from campaigns.models import Activity, Field, Review, ReviewPoint
from core import audit
from core.audit import history_of
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignFactory, EvidenceFactory
from tests.factories.reviews import ReturnFactory, SubmittedActivityFactory

pytestmark = pytest.mark.django_db
State, Decision = Activity.State, Review.Decision


@pytest.fixture
def activity():
    """A submitted activity."""
    return SubmittedActivityFactory()


@pytest.fixture
def reviewer():
    return UserFactory()


def send_back(activity, *points, reason="", by=None, **values):
    return review_activity(
        activity=activity,
        decision=Decision.RETURNED,
        points=points,
        reason=reason,
        by=by or UserFactory(),
        **values,
    )


def states():
    return list(Activity.objects.order_by("pk").values_list("state", flat=True))


# Points ---------------------------------------------------------------------


def test_return_keeps_each_point_and_the_whole_as_reason(activity):
    EvidenceFactory(activity=activity)
    photo = EvidenceFactory(activity=activity)

    review = send_back(
        activity,
        Point(Field.PLACE, "写到门牌。"),
        Point(Field.PHOTOS, "太暗", photo.pk),
        reason="其余可以",
    )

    assert list(review.points.values_list("field", "text", "evidence")) == [
        ("place", "写到门牌。", None),
        ("photos", "太暗", photo.pk),
        ("other", "其余可以", None),
    ]
    whole = "地点：写到门牌；照片 2：太暗；其余可以"
    assert (review.reason, history_of(activity).last().reason) == (whole, whole)
    assert f"理由：{whole}。" in Notification.objects.get().body


def test_return_cuts_a_whole_that_is_too_long(activity):
    review = send_back(activity, *[Point(Field.TEXT, "长" * 190)] * 3)

    assert (len(review.reason), review.reason[-1]) == (500, "…")


def test_return_with_a_point_that_is_too_long_is_refused(activity):
    with pytest.raises(ActivityRefused, match="不超过 200 字"):
        send_back(activity, Point(Field.TEXT, "长" * 201))


def test_return_with_the_photo_of_another_activity_is_refused(activity):
    others = EvidenceFactory(activity__state=State.SUBMITTED)

    with pytest.raises(ActivityRefused, match="不在这项活动中"):
        send_back(activity, Point(Field.PHOTOS, "太暗", others.pk))

    assert (Review.objects.count(), ReviewPoint.objects.count()) == (0, 0)


def test_approval_with_points_is_refused(activity, reviewer):
    with pytest.raises(ActivityRefused, match="不能附修改意见"):
        review_activity(
            activity=activity,
            decision=Decision.APPROVED,
            points=[Point(Field.TEXT, "示例")],
            by=reviewer,
        )


# Who and when ---------------------------------------------------------------


def test_review_by_the_one_who_created_it_is_refused(reviewer):
    activity = SubmittedActivityFactory(created_by=reviewer)

    with pytest.raises(ActivityRefused, match="不能审核自己提交或记录的"):
        send_back(activity, reason="示例", by=reviewer)


def test_review_by_one_who_submitted_before_a_colleague_did_is_refused(reviewer):
    activity = SubmittedActivityFactory()
    audit.record("campaigns.activity_submitted", target=activity, by=reviewer)

    with pytest.raises(ActivityRefused, match="不能审核自己提交或记录的"):
        send_back(activity, reason="示例", by=reviewer)


def test_review_of_a_later_submission_than_seen_is_refused(activity):
    ReturnFactory(activity=activity)

    with pytest.raises(ActivityRefused, match="已重新提交"):
        send_back(activity, reason="示例", turn=0)

    assert send_back(activity, reason="示例", turn=1).decision == Decision.RETURNED


@pytest.mark.parametrize(
    ("campaign", "is_late"), [("active", False), ("frozen", True)], ids=str
)
def test_approval_after_the_freeze_goes_to_the_addendum(campaign, is_late, reviewer):
    activity = SubmittedActivityFactory(
        campaign=CampaignFactory(title="示例另一行动", state=campaign)
    )

    review_activity(activity=activity, decision=Decision.APPROVED, by=reviewer)

    activity.refresh_from_db()
    assert (activity.state, activity.in_addendum) == ("approved", is_late)


# Several --------------------------------------------------------------------


def test_several_are_decided_and_the_rest_is_named_with_its_reason(reviewer):
    good = SubmittedActivityFactory()
    own = SubmittedActivityFactory(submitted_by=reviewer)
    decided = SubmittedActivityFactory(state=State.APPROVED)
    archived = SubmittedActivityFactory(
        campaign=CampaignFactory(title="示例旧行动", state="archived")
    )
    last = SubmittedActivityFactory()

    reviews, refused = review_several(
        activities=[(row, 0) for row in (good, own, decided, archived, last)],
        decision=Decision.RETURNED,
        points=[Point(Field.PHOTOS, "不清晰")],
        by=reviewer,
    )

    assert [review.activity for review in reviews] == [good, last]
    assert [(row.activity, row.text[:10]) for row in refused] == [
        (own, "不能审核自己提交或记"),
        (decided, "该活动已不在待审核状"),
        (archived, "行动“示例旧行动”已"),
    ]
    assert states() == ["returned", "submitted", "approved", "submitted", "returned"]
    above = AuditEntry.objects.get(verb="campaigns.activity_handled")
    below = above.children.order_by("pk").values_list("target_id", flat=True)
    assert list(below) == [good.pk, last.pk]


def test_several_leave_a_review_a_line_and_a_message_each(reviewer):
    rows = SubmittedActivityFactory.create_batch(2)

    review_several(
        activities=[(row, None) for row in rows],
        decision=Decision.APPROVED,
        by=reviewer,
    )

    assert [
        (
            row.reviews.get().decision,
            history_of(row).get().verb,
            Notification.objects.get(recipient=row.submitted_by).path,
        )
        for row in rows
    ] == [
        ("approved", "campaigns.activity_approved", row.get_absolute_url())
        for row in rows
    ]
