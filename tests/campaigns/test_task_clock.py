"""The clock recalls tasks before their day and goes up after it, once each."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions.task_clock import escalate_overdue_tasks
from campaigns.models import TaskAssignment
from tests.communities.trees import branch, committee
from tests.factories.communities import MembershipFactory
from tests.factories.tasks import TaskAssignmentFactory, TaskFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def run(day=TODAY, hour=10):
    now = timezone.make_aware(datetime.combine(day, time(hour)))
    return escalate_overdue_tasks(now=now)


def official_of(organization):
    return MembershipFactory(role="unit", organization=organization).user


def assignment(days, **values):
    """Of a task due so many days from today, handed out long ago."""
    return TaskAssignmentFactory(
        task__due_on=TODAY + days * DAY,
        assigned_at=timezone.now() - 30 * DAY,
        **values,
    )


def told(kind):
    rows = Notification.objects.filter(kind=kind).select_related("recipient")
    return {row.recipient for row in rows}


@pytest.fixture
def line():
    """A branch below a committee, each with an official."""
    above = committee()
    below = branch(above)
    return below, official_of(below), official_of(above)


# Before the day -------------------------------------------------------------


def test_open_assignment_is_recalled_three_days_before_once(line):
    organization, official, _superior = line
    assignment(3, organization=organization)

    run()
    run(TODAY + DAY)

    message = Notification.objects.get(kind="task_due_soon")
    assert message.recipient == official


@pytest.mark.parametrize(
    ("days", "values"),
    [(4, {}), (3, {"state": "fulfilled"}), (-1, {})],
    ids=["too early", "done", "past"],
)
def test_nothing_is_recalled_otherwise(line, days, values):
    assignment(days, organization=line[0], **values)

    run()

    assert told("task_due_soon") == set()


def test_task_handed_out_in_the_last_days_is_not_recalled_at_once(line):
    row = assignment(2, organization=line[0])
    row.assigned_at = timezone.now()
    row.save()

    run()

    assert told("task_due_soon") == set()


# After the day --------------------------------------------------------------


def test_overdue_goes_up_step_by_step(line, office_official):
    organization, official, superior = line
    issuer = MembershipFactory(role="committee").user
    row = assignment(0, organization=organization, task__issued_by=issuer)
    seen = {}

    for days in range(9):
        run(TODAY + days * DAY)
        new = told("task_overdue") - {user for held in seen.values() for user in held}
        if new:
            seen[days] = new

    assert seen == {1: {official}, 4: {superior}, 7: {issuer, office_official}}
    row.refresh_from_db()
    assert row.overdue_step == 3


def test_second_run_on_a_day_says_nothing_twice(line):
    assignment(-1, organization=line[0])

    assert (run(), run()) == (1, 0)

    assert Notification.objects.filter(kind="task_overdue").count() == 1


def test_without_anyone_above_the_issuer_hears_at_the_second_step(office_official):
    alone = committee()
    row = assignment(-4, organization=alone, overdue_step=1)

    run()

    row.refresh_from_db()
    assert (told("task_overdue"), row.overdue_step) == ({office_official}, 3)


def test_person_of_several_late_organizations_is_told_once():
    above = committee()
    task = TaskFactory(due_on=TODAY - DAY)
    superior = official_of(above)
    for _number in range(4):
        TaskAssignmentFactory(
            task=task,
            organization=branch(above),
            assigned_at=timezone.now() - 9 * DAY,
        )

    run()

    message = Notification.objects.get(kind="task_overdue")
    assert message.recipient == superior
    assert "等4个党组织" in message.body


def test_late_comer_has_days_of_its_own(line, office_official):
    row = assignment(-20, organization=line[0])
    row.assigned_at = timezone.now()
    row.save()

    run()
    run(TODAY + DAY)

    assert told("task_overdue") == {line[1]}


@pytest.mark.parametrize(
    "values",
    [
        {"state": "fulfilled"},
        {"state": "cancelled"},
        {"task__state": "closed"},
        {"task__campaign__title": "冻结的行动", "task__campaign__state": "frozen"},
    ],
    ids=["fulfilled", "cancelled", "task over", "campaign frozen"],
)
def test_what_is_over_does_not_go_up(line, values):
    assignment(-1, organization=line[0], **values)

    assert run() == 0


@pytest.mark.parametrize("hour", [7, 21])
def test_nothing_is_said_at_night(line, hour):
    assignment(-1, organization=line[0])

    assert run(hour=hour) == 0

    assert not TaskAssignment.objects.exclude(overdue_step=0).exists()


def test_issuer_who_left_the_role_hears_nothing(line):
    left = MembershipFactory(role="committee", ends_on=TODAY - DAY).user
    assignment(-9, organization=line[0], overdue_step=2, task__issued_by=left)

    run()

    assert left not in told("task_overdue")
