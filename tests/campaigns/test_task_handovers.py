"""Tasks when organisations merge."""

import pytest
from django.utils import timezone

from campaigns.actions.tasks import fulfil_assignment
from campaigns.models import TaskAssignment
from campaigns.queries.task_work import links_of, reports_of
from communities.actions.handovers import handovers_for
from tests.factories.accounts import UserFactory
from tests.factories.communities import OrganizationFactory
from tests.factories.tasks import (
    TaskAssignmentFactory,
    TaskLinkFactory,
    TaskReportFactory,
)

pytestmark = pytest.mark.django_db


def handover(node):
    return next(known for known in handovers_for(node) if known.name == "tasks")


def hand_over(node, to, keys=None):
    on = timezone.localdate()
    return handover(node).move(node, to, on=on, by=None, keys=keys)


def test_open_assignment_goes_to_the_successor_and_done_ones_stay(organization):
    row = TaskAssignmentFactory(
        organization=organization, state="in_progress", overdue_step=2
    )
    done = TaskAssignmentFactory(organization=organization, state="fulfilled")
    to = OrganizationFactory()

    assert hand_over(organization, to) == 1

    row.refresh_from_db()
    done.refresh_from_db()
    new = to.task_assignments.get()
    assert (row.state, row.continued_by) == ("reassigned", new)
    assert (new.state, new.overdue_step) == ("in_progress", 2)
    assert (new.assigned_at, done.organization) == (row.assigned_at, organization)


def test_successor_with_the_same_task_goes_on_with_what_was_given(organization):
    old = TaskAssignmentFactory(organization=organization)
    link = TaskLinkFactory(assignment=old)
    report = TaskReportFactory(assignment=old)
    held = TaskAssignmentFactory(task=old.task)

    hand_over(organization, held.organization)

    assert [row.pk for row in links_of(held)] == [link.pk]
    assert list(reports_of(held)) == [report]
    assert fulfil_assignment(assignment=held, by=UserFactory()).state == "fulfilled"


def test_two_organizations_merge_into_one_that_has_the_task():
    held = TaskAssignmentFactory()
    others = [TaskAssignmentFactory(task=held.task) for _number in range(2)]
    links = [TaskLinkFactory(assignment=row) for row in others]

    for row in others:
        hand_over(row.organization, held.organization)

    assert [row.pk for row in links_of(held)] == [link.pk for link in links]
    assert TaskAssignment.objects.open().get() == held


def test_only_chosen_tasks_go_when_an_organization_is_split(organization):
    chosen, stays = TaskAssignmentFactory.create_batch(2, organization=organization)
    to = OrganizationFactory()

    hand_over(organization, to, keys=[str(chosen.pk)])

    stays.refresh_from_db()
    assert to.task_assignments.get().task == chosen.task
    assert stays.state == "assigned"


def test_preview_says_what_becomes_of_each(organization):
    TaskAssignmentFactory(organization=organization)
    both = TaskAssignmentFactory(organization=organization)
    TaskAssignmentFactory(organization=organization, state="fulfilled")
    to = OrganizationFactory(name="新示例党支部")
    TaskAssignmentFactory(task=both.task, organization=to)
    today = timezone.localdate()

    rows = handover(organization).held(organization, on=today, to=to)

    assert [row.outcome for row in rows] == [
        "由新示例党支部承接",
        "并入新示例党支部的同一任务",
    ]
    assert handover(organization).kept(organization, on=today) == 1
