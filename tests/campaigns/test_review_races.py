"""Two reviewers decide about one activity at the same moment."""

from functools import partial

import pytest

from accounts.models import Notification
from campaigns.actions import ActivityRefused, review_activity
from campaigns.models import Activity, Review
from tests.factories.accounts import UserFactory
from tests.factories.reviews import SubmittedActivityFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def answer(call):
    try:
        return call()
    except ActivityRefused as error:
        return error


def test_activity_decided_by_two_at_once_has_one_decision():
    activity = SubmittedActivityFactory()
    first, second = UserFactory.create_batch(2)
    approve = partial(review_activity, activity=activity, decision="approved", by=first)
    send_back = partial(
        review_activity,
        activity=activity,
        decision="returned",
        reason="照片不清",
        by=second,
    )

    with before_commit_of(approve) as start:
        other = start(partial(answer, send_back))

    assert "已不在待审核状态" in str(other.result(timeout=20))
    assert Activity.objects.get().state == Activity.State.APPROVED
    assert Review.objects.get().reviewed_by == first
    assert Notification.objects.count() == 1
