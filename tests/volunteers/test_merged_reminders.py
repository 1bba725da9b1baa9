"""Reminders about work of a merged organisation reach its last successor."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions.task_clock import escalate_overdue_tasks
from campaigns.actions.whistle_clock import tell_overdue_whistles
from communities.actions.report_in_reminders import remind_of_renewals
from communities.models import Organization
from communities.tasks import remind_of_agreements_task
from tests.factories.agreements import AgreementFactory
from tests.factories.communities import (
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
)
from tests.factories.hours import PastShiftFactory
from tests.factories.tasks import TaskAssignmentFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from tests.factories.whistles import WhistleResponseFactory
from volunteers.actions.settlement import remind_of_settlement
from volunteers.actions.staffing import tell_understaffed

pytestmark = pytest.mark.django_db
# A working day at ten.
NOW = timezone.make_aware(datetime(2026, 6, 10, 10))
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def working_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def old():
    return OrganizationFactory()


@pytest.fixture
def successor(old):
    """Who acts for the last of two that followed; only rows left behind are told of."""
    between, last = OrganizationFactory(), OrganizationFactory()
    for gone, heir in ((old, between), (between, last)):
        Organization.objects.filter(pk=gone.pk).update(state="merged", successor=heir)
    return MembershipFactory(role="unit", organization=last).user


def understaffed(old):
    ShiftFactory(activity__organization=old, starts_at=NOW + DAY, minimum=2)
    tell_understaffed(now=NOW)


def settlement(old):
    shift = PastShiftFactory(
        activity__starts_at=NOW - 9 * DAY, activity__organization=old
    )
    SignupFactory(shift=shift)
    remind_of_settlement(now=NOW)


def whistle(old):
    WhistleResponseFactory(
        organization=old,
        clock_minutes=420,
        clock_started_at=NOW - 2 * DAY,
        due_at=NOW - timedelta(minutes=5),
    )
    tell_overdue_whistles(now=NOW)


def task_in(days):
    def tell(old):
        TaskAssignmentFactory(
            organization=old,
            task__due_on=NOW.date() + timedelta(days=days),
            assigned_at=NOW - 30 * DAY,
        )
        escalate_overdue_tasks(now=NOW)

    return tell


def agreement(old):
    AgreementFactory(organization=old, ends_on=NOW.date() + 9 * DAY)
    remind_of_agreements_task()


def renewal(old):
    PairingFactory(organization=old)
    remind_of_renewals(today=date(2026, 12, 20))


@pytest.mark.parametrize(
    ("kind", "tell"),
    [
        ("shift_understaffed", understaffed),
        ("settlement_reminder", settlement),
        ("whistle_overdue", whistle),
        ("task_due_soon", task_in(2)),
        ("task_overdue", task_in(-1)),
        ("agreement_ends", agreement),
        ("report_in_renewal", renewal),
    ],
)
def test_reminder_of_a_merged_organisation_reaches_its_successor(
    old, successor, kind, tell
):
    tell(old)

    said = Notification.objects.filter(kind=kind)
    assert [row.recipient for row in said.select_related("recipient")] == [successor]
