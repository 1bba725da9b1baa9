"""A form sent twice, by a double click or a reload, does its work once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.actions import create_activity
from campaigns.models import Activity
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory
from tests.threads import before_commit_of
from volunteers.actions import ShiftRefused, open_shift, save_volunteer
from volunteers.models import Shift, Volunteer


def same_draft(activity: Activity) -> Activity:
    """The activity as the same form would make it anew."""
    again = Activity.objects.get(pk=activity.pk)
    again.pk, again._state.adding = None, True
    return again


@pytest.mark.django_db
def test_activity_recorded_twice_in_a_moment_is_one_draft():
    official = UserFactory()
    first = ActivityFactory(created_by=official)

    second = create_activity(activity=same_draft(first), by=official)

    assert second.pk == first.pk
    assert Activity.objects.count() == 1
    assert AuditEntry.objects.filter(verb="campaigns.activity_created").count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [{"title": "另一个活动"}, {"place": "另一个地方"}],
    ids=["title", "place"],
)
def test_another_activity_of_that_moment_is_a_draft_of_its_own(change):
    official = UserFactory()
    other = same_draft(ActivityFactory(created_by=official))
    for name, value in change.items():
        setattr(other, name, value)

    create_activity(activity=other, by=official)

    assert Activity.objects.count() == 2


@pytest.mark.django_db
def test_same_activity_recorded_later_is_a_draft_of_its_own():
    official = UserFactory()
    first = ActivityFactory(created_by=official)
    Activity.objects.update(created_at=timezone.now() - timedelta(hours=1))

    create_activity(activity=same_draft(first), by=official)

    assert Activity.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_activity_recorded_twice_at_once_is_one_draft():
    official = UserFactory()
    form = ActivityFactory(created_by=official)
    first, second = same_draft(form), same_draft(form)
    form.delete()

    def recording(activity):
        return lambda: create_activity(activity=activity, by=official)

    with before_commit_of(recording(first)) as start:
        late = start(recording(second))

    assert late.result().pk == first.pk
    assert Activity.objects.count() == 1


@pytest.mark.django_db
def test_same_shift_opened_twice_is_refused():
    held = ShiftFactory()
    again = ShiftFactory.build(activity=held.activity, starts_at=held.starts_at)

    with pytest.raises(ShiftRefused, match="已有"):
        open_shift(shift=again, by=UserFactory())

    assert Shift.objects.count() == 1


@pytest.mark.django_db
def test_shift_like_a_cancelled_one_is_opened():
    held = ShiftFactory(state=Shift.State.CANCELLED)
    again = ShiftFactory.build(activity=held.activity, starts_at=held.starts_at)

    open_shift(shift=again, by=UserFactory())

    assert Shift.objects.filter(state=Shift.State.SCHEDULED).count() == 1


@pytest.mark.django_db
def test_profile_saved_twice_for_the_first_time_is_one_record():
    user = UserFactory()
    first, second = (
        Volunteer(user=user),
        Volunteer(user=user, availability="weekend_evening"),
    )

    save_volunteer(volunteer=first, by=user)
    save_volunteer(volunteer=second, by=user)

    assert Volunteer.objects.get().availability == "weekend_evening"
