"""Two people ask for hands in the same moment."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from campaigns.models import Activity
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignFactory, InitiativeFactory
from tests.factories.whistles import HandlingResponseFactory
from tests.threads import before_commit_of
from volunteers.actions.people import ask_for_people
from volunteers.models import Shift

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_open_one_activity():
    CampaignFactory()
    InitiativeFactory()
    response = HandlingResponseFactory()
    starts_at = timezone.now() + timedelta(days=1)
    asking = partial(
        ask_for_people,
        response=response,
        values={
            "title": "示例召集",
            "place": "示例广场",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "people": 5,
        },
        by=UserFactory(),
        now=timezone.now(),
    )

    with before_commit_of(asking) as start:
        late = start(asking)

    assert late.result(timeout=20) == Shift.objects.get()
    assert Activity.objects.count() == 1
