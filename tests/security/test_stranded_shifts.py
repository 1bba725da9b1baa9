"""No shift with people in it is left behind by what happens to its activity."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.actions import ActivityRefused, update_activity
from campaigns.models import Activity
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory
from tests.threads import before_commit_of
from volunteers.actions import (
    ShiftRefused,
    cancel_activity_with_shifts,
    open_shift,
)
from volunteers.models import Shift


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "hours"), [("starts_at", 1), ("ends_at", -1)], ids=["start", "end"]
)
def test_published_activity_is_not_made_shorter_than_its_shifts(field, hours):
    activity = ActivityFactory(state=Activity.State.PUBLISHED)
    values = {field: getattr(activity, field) + timedelta(hours=hours)}

    with pytest.raises(ActivityRefused, match="只能放宽"):
        update_activity(activity=activity, values=values, by=UserFactory())


@pytest.mark.django_db
def test_published_activity_is_made_longer():
    activity = ActivityFactory(state=Activity.State.PUBLISHED)
    later = activity.ends_at + timedelta(hours=1)

    update_activity(activity=activity, values={"ends_at": later}, by=UserFactory())

    activity.refresh_from_db()
    assert activity.ends_at == later


@pytest.mark.django_db
def test_draft_is_made_shorter():
    activity = ActivityFactory()
    earlier = activity.ends_at - timedelta(hours=1)

    update_activity(activity=activity, values={"ends_at": earlier}, by=UserFactory())

    activity.refresh_from_db()
    assert activity.ends_at == earlier


def cancelling(activity, official):
    return lambda: cancel_activity_with_shifts(
        activity=activity, reason="台风", by=official, now=timezone.now()
    )


def new_shift(activity):
    return ShiftFactory.build(activity=activity, community=None)


@pytest.mark.django_db(transaction=True)
def test_shift_opened_while_its_activity_is_being_cancelled_is_refused():
    activity = ActivityFactory(state=Activity.State.PUBLISHED)
    official = UserFactory()

    with before_commit_of(cancelling(activity, official)) as start:
        late = start(lambda: open_shift(shift=new_shift(activity), by=official))

    assert isinstance(late.exception(), ShiftRefused)


@pytest.mark.django_db(transaction=True)
def test_shift_being_opened_is_cancelled_with_its_activity():
    activity = ActivityFactory(state=Activity.State.PUBLISHED)
    official = UserFactory()

    def opening():
        open_shift(shift=new_shift(activity), by=official)

    with before_commit_of(opening) as start:
        cancelled = start(cancelling(activity, official))

    assert cancelled.result().state == Activity.State.CANCELLED
    assert Shift.objects.get().state == Shift.State.CANCELLED
