"""An activity with shifts is cancelled while somebody else works on it."""

from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from campaigns.actions.activities import lock_campaigns
from campaigns.models import Activity
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.threads import before_commit_of
from volunteers.actions import cancel_activity_with_shifts

pytestmark = pytest.mark.django_db(transaction=True)


def test_cancelling_takes_its_locks_in_the_order_of_others():
    activity = ActivityFactory()
    lock_first = partial(lock_campaigns, [activity.campaign_id])
    cancel = partial(
        cancel_activity_with_shifts,
        activity=activity,
        reason="示例",
        by=UserFactory(),
        now=timezone.now(),
    )

    with before_commit_of(lock_first) as start:
        cancelling = start(cancel)
        assert not cancelling.done()
        # It waits for the campaign and does not hold the activity meanwhile.
        nowait = connection.features.has_select_for_update_nowait
        Activity.objects.select_for_update(nowait=nowait).get(pk=activity.pk)

    assert cancelling.result(timeout=20).state == Activity.State.CANCELLED
