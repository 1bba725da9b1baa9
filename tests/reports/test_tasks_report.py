"""The report of tasks: cells, activities counted, what is overdue, filters."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import TaskAssignment
from reports.exports import TASKS
from reports.queries import Filters
from tests.factories.campaigns import (
    CampaignFactory,
    InitiativeFactory,
    PillarFactory,
)
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.tasks import (
    TaskAssignmentFactory,
    TaskFactory,
    TaskLinkFactory,
)
from tests.reports.cells import cells_of, numbers

State = TaskAssignment.State


def assigned(days, **values):
    """An assignment due so many days from today."""
    due_on = timezone.localdate() + timedelta(days=days)
    return TaskAssignmentFactory(task__due_on=due_on, **values)


def test_task_cells_follow_the_columns(office_official):
    row = assigned(
        -3,
        state=State.IN_PROGRESS,
        organization__name="局机关支部",
        organization__unit_name="示例局",
        task__needed_count=2,
    )
    TaskLinkFactory(assignment=row)

    [cells] = cells_of(TASKS, office_official)

    assert cells == [
        row.pk,
        row.task.campaign.title,
        row.task.title,
        row.task.initiative.pillar.title,
        row.task.initiative.title,
        "局机关支部",
        "示例局",
        timezone.localdate() - timedelta(days=3),
        2,
        1,
        "办理中",
        3,
        row.assigned_at,
        None,
        None,
    ]


def test_task_given_to_another_counts_there_what_was_done_before(office_official):
    task = TaskFactory()
    heir = TaskAssignmentFactory(task=task, organization__name="承接支部")
    first = TaskAssignmentFactory(task=task, state=State.REASSIGNED, continued_by=heir)
    TaskLinkFactory(assignment=first)
    keys = ["pk", "done_count", "state", "heir"]

    rows = cells_of(TASKS, office_official, keys=keys)

    assert rows == [
        [first.pk, 1, "已改派", "承接支部"],
        [heir.pk, 1, "待办", None],
    ]


def test_tasks_of_each_state_hold_their_own(office_official):
    rows = {
        State.ASSIGNED: assigned(0),
        State.IN_PROGRESS: assigned(1, state=State.IN_PROGRESS),
        State.FULFILLED: assigned(-1, state=State.FULFILLED),
        State.CANCELLED: assigned(-1, state=State.CANCELLED),
    }
    late = assigned(-1, state=State.IN_PROGRESS)

    found = {
        state: numbers(TASKS, office_official, Filters(state=state))
        for state in ("", "overdue", *rows)
    }

    expected = {state: {row.pk} for state, row in rows.items()}
    expected[State.IN_PROGRESS].add(late.pk)
    assert found == expected | {
        "": set().union(*expected.values()),
        "overdue": {late.pk},
    }


def test_tasks_by_each_filter_hold_the_one_that_fits(office_official):
    wanted = assigned(
        5,
        organization=OrganizationFactory(unit_name="示例局"),
        task__campaign=CampaignFactory(title="另一行动"),
        task__initiative=InitiativeFactory(pillar=PillarFactory(code="family")),
    )
    assigned(4)
    assigned(6)
    task = wanted.task
    filters = [
        Filters(starts_on=task.due_on, ends_on=task.due_on),
        Filters(organization=wanted.organization),
        Filters(organization_text="示例局"),
        Filters(campaign=task.campaign),
        Filters(pillar=task.initiative.pillar),
    ]

    kept = [numbers(TASKS, office_official, each) for each in filters]

    assert kept == [{wanted.pk}] * len(filters)


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_roles_of_the_district_export_all_tasks(role, db):
    row = TaskAssignmentFactory()
    user = MembershipFactory(role=role).user

    assert numbers(TASKS, user, Filters()) == {row.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_task_cells_are_read_by_three_queries_whatever_the_rows(count, office_official):
    TaskLinkFactory.create_batch(count)
    rows = TASKS.rows(office_official, Filters())

    with CaptureQueriesContext(connection) as queries:
        cells = list(TASKS.cells(rows))

    assert len(cells) == count
    assert len([q for q in queries if "campaigns_task" in q["sql"]]) == 3
