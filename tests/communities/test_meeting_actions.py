"""Recording joint meetings and doing what was agreed on."""

from datetime import date

import pytest
import time_machine

from communities.actions.handovers.agreements import MeetingActionHandover
from communities.actions.meetings import (
    Agreed,
    MeetingRefused,
    finish_meeting_action,
    record_meeting,
)
from communities.models import JointMeeting, MeetingAction
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.agreements import MeetingActionFactory
from tests.factories.communities import OrganizationFactory, PairingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("may")]

HELD, DUE = date(2026, 5, 20), date(2026, 6, 20)


@pytest.fixture
def may():
    with time_machine.travel("2026-05-21 12:00+08:00"):
        yield


@pytest.fixture
def pairing(may):
    return PairingFactory()


def record(pairing, **values):
    return record_meeting(
        **{
            "community": pairing.community,
            "title": "第二季度联席会议",
            "held_on": HELD,
            "place": "会议室",
            "record": "纪要",
            "organizations": [pairing.organization],
            "agreed": [],
            "by": None,
            **values,
        }
    )


def test_meeting_is_recorded_with_what_was_agreed(pairing):
    meeting = record(
        pairing,
        agreed=[Agreed("修路灯", DUE, pairing.organization), Agreed("发通知", HELD)],
    )

    assert list(meeting.organizations.all()) == [pairing.organization]
    assert list(
        meeting.meeting_actions.order_by("pk").values_list("text", "owner", "due_on")
    ) == [("修路灯", pairing.organization_id, DUE), ("发通知", None, HELD)]
    assert AuditEntry.objects.filter(verb__startswith="communities.").count() >= 3


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"held_on": date(2026, 5, 22)}, "还没有召开"),
        ({"held_on": date(2025, 12, 31)}, "没有与这个社区"),
        ({"agreed": [Agreed("修路灯", date(2026, 5, 19))]}, "早于会议日期"),
    ],
    ids=["to-come", "not-paired-then", "due-before"],
)
def test_meeting_that_does_not_fit_is_refused(pairing, values, words):
    with pytest.raises(MeetingRefused, match=words):
        record(pairing, **values)

    assert not JointMeeting.objects.exists()


def test_owner_that_is_not_paired_is_refused(pairing):
    stranger = OrganizationFactory(unit_name="外单位")

    with pytest.raises(MeetingRefused, match="外单位"):
        record(pairing, agreed=[Agreed("修路灯", DUE, stranger)])


def test_action_is_done_with_a_result_and_only_once(may):
    action, user = MeetingActionFactory(), UserFactory()

    finish_meeting_action(action=action, result="已修好", by=user)
    with pytest.raises(MeetingRefused, match="2026年5月21日"):
        finish_meeting_action(action=action, result="再修", by=user)

    action.refresh_from_db()
    assert (action.result, action.done_by) == ("已修好", user)


@pytest.mark.parametrize(
    ("day", "days"), [(date(2026, 6, 20), 0), (date(2026, 6, 23), 3)]
)
def test_action_is_overdue_from_the_day_after_it_was_due(day, days):
    assert MeetingActionFactory(due_on=DUE).days_overdue(day) == days


def test_action_that_is_done_is_never_overdue():
    action = MeetingActionFactory(due_on=DUE)
    finish_meeting_action(action=action, result="已修好", by=None)
    action.refresh_from_db()

    assert action.days_overdue(date(2027, 1, 1)) == 0


def test_open_actions_of_a_merged_unit_go_to_its_successor():
    old, new = OrganizationFactory.create_batch(2)
    waiting = MeetingActionFactory(owner=old)
    done = MeetingActionFactory(owner=old)
    finish_meeting_action(action=done, result="已修好", by=None)
    handover = MeetingActionHandover()

    listed = [row.text for row in handover.held(old, on=DUE, to=new)]
    count = handover.move(old, new, on=DUE, by=None)

    assert (listed, count) == ([waiting.text], 1)
    assert dict(MeetingAction.objects.values_list("pk", "owner")) == {
        waiting.pk: new.pk,
        done.pk: old.pk,
    }
