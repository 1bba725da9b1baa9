"""What people choose: channels of kinds, quiet hours, no more of something."""

from datetime import time

import pytest

from accounts.models import ChannelChoice, KindSetting, QuietHours
from accounts.notifications.choices import (
    KindMustArrive,
    choices_of,
    kinds_for,
    set_choices,
    set_quiet_hours,
    unsubscribe,
)
from accounts.notifications.kinds import KINDS, Topic
from core.audit import history_of
from tests.factories.accounts import NotificationFactory, UserFactory
from tests.factories.communities import MembershipFactory

pytestmark = pytest.mark.django_db
REMINDER = ("shift_reminder", "mail")
TIMES = {"from_time": time(22), "until_time": time(7)}


@pytest.fixture
def person(db):
    """Who chooses."""
    return UserFactory()


def codes(person):
    return {kind.code for kind in kinds_for(person)}


def test_kinds_for_a_volunteer_are_those_of_shifts_and_hours(person):
    shown = kinds_for(person)

    assert {kind.topic for kind in shown} == {Topic.SHIFTS, Topic.HOURS, Topic.PORTAL}
    assert {"shift_reminder", "record_confirmed", "digest"} <= codes(person)
    unfit = {"settlement_reminder", "shift_cancelled", "signup_made", "task_assigned"}
    assert unfit & codes(person) == set()


def test_kinds_for_somebody_who_had_one_show_it(person):
    NotificationFactory(recipient=person, kind="wish_claimed")

    assert "wish_claimed" in codes(person)


def test_kinds_for_an_official_are_all_that_go_out_and_can_be_chosen():
    official = MembershipFactory(role="office").user
    KindSetting.objects.create(kind="need_published", is_on=False)

    expected = {
        kind.code
        for kind in KINDS.values()
        if kind.is_sent_out and not kind.must_arrive
    }
    assert codes(official) == expected - {"need_published"}


def test_set_choices_stores_and_records_what_changed(person):
    kinds = [KINDS["shift_reminder"], KINDS["place_offered"]]

    changed = set_choices(
        user=person,
        choices={REMINDER: False, ("place_offered", "mail"): True},
        by=person,
    )

    assert changed == 1
    assert choices_of(person, kinds) == {
        REMINDER: False,
        ("place_offered", "mail"): True,
    }
    [line] = history_of(ChannelChoice.objects.get())
    assert (line.verb, line.actor_id, line.data) == (
        "accounts.channel_choice_changed",
        person.pk,
        {"on": [], "off": ["shift_reminder mail"]},
    )


def test_set_choices_back_to_the_default_holds(person):
    set_choices(user=person, choices={REMINDER: False}, by=person)

    changed = set_choices(user=person, choices={REMINDER: True}, by=person)

    assert (changed, ChannelChoice.objects.get().is_on) == (1, True)


def test_set_choices_refuses_what_must_arrive(person):
    with pytest.raises(KindMustArrive):
        set_choices(
            user=person,
            choices={REMINDER: False, ("shift_cancelled", "mail"): False},
            by=person,
        )

    assert not ChannelChoice.objects.exists()


def test_unsubscribe_again_changes_and_records_nothing(person):
    done = [
        unsubscribe(user=person, kind="shift_reminder", channel="mail")
        for _click in range(2)
    ]

    assert done == [True, False]
    [line] = history_of(ChannelChoice.objects.get())
    assert line.data["via"] == "link"
    assert history_of(ChannelChoice.objects.get()).count() == 1


def test_set_quiet_hours_stores_and_records_a_change(person):
    done = [
        set_quiet_hours(user=person, is_on=True, **TIMES, by=person)
        for _save in range(2)
    ]

    assert done == [True, False]
    hours = QuietHours.objects.get()
    assert (hours.is_on, hours.from_time, hours.until_time) == (True, *TIMES.values())
    assert [line.verb for line in history_of(hours)] == ["accounts.quiet_hours_changed"]


def test_set_quiet_hours_to_the_usual_ones_stores_nothing(person):
    set_quiet_hours(
        user=person, is_on=True, from_time=time(21), until_time=time(8), by=person
    )

    assert not QuietHours.objects.exists()
