"""Activities reviewed: approved, or returned with a reason."""

import pytest
from django.db import IntegrityError

from accounts.models import Notification
from campaigns import actions
from campaigns.actions import ActivityRefused
from campaigns.models import Activity, Review
from tests.campaigns.activity_work import moves_of, proven, submitted
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
State = Activity.State


@pytest.fixture
def official(db):
    """Who records."""
    return UserFactory()


@pytest.fixture
def reviewer(db):
    """Who reviews."""
    return UserFactory()


def review(activity, reviewer, decision, reason=""):
    return actions.review_activity(
        activity=activity, decision=decision, reason=reason, by=reviewer
    )


def told():
    rows = Notification.objects.order_by("pk")
    return list(rows.values_list("recipient", "kind", "path", "outbox_state"))


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
