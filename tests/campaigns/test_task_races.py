"""Two people act on one task in the same moment."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from campaigns.actions import review_activity
from campaigns.actions.task_clock import escalate_overdue_tasks
from campaigns.actions.task_issuing import (
    add_organizations,
    cancel_task,
    issue_task,
    reassign,
)
from campaigns.actions.tasks import TaskRefused, fulfil_assignment, link_activity
from campaigns.models import Task, TaskAssignment, TaskLink
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.communities.trees import Kind, change, committee
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    InitiativeFactory,
)
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.tasks import TaskAssignmentFactory, TaskFactory, TaskLinkFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
REFUSALS = (TaskRefused, MoveRefused)


def answer(call):
    try:
        return call()
    except REFUSALS as error:
        return error


def race(first, second):
    """What the second answers when it comes before the first has committed."""
    with before_commit_of(first) as start:
        late = start(partial(answer, second))
    return late.result(timeout=20)


def state_of(row):
    row.refresh_from_db()
    return row.state


def fulfilling(row):
    return partial(fulfil_assignment, assignment=row, by=UserFactory())


def reassigning(row, to=None):
    return partial(
        reassign,
        assignment=row,
        organization=to or OrganizationFactory(),
        reason="示例",
        by=UserFactory(),
    )


def test_two_who_fulfil_at_once_fulfil_it_once():
    row = TaskLinkFactory().assignment

    late = race(fulfilling(row), fulfilling(row))

    assert "已完成" in str(late)
    verb = "campaigns.task_assignment_fulfilled"
    assert AuditEntry.objects.filter(verb=verb).count() == 1


def test_reassigning_what_is_just_fulfilled_is_refused():
    row = TaskLinkFactory().assignment

    late = race(fulfilling(row), reassigning(row))

    assert "不能改派" in str(late)
    assert state_of(row) == "fulfilled"


def test_fulfilling_what_is_just_reassigned_is_refused():
    row = TaskLinkFactory().assignment

    late = race(reassigning(row), fulfilling(row))

    assert "已改派" in str(late)
    assert TaskAssignment.objects.open().count() == 1


def test_two_who_reassign_to_one_organization_give_it_one_assignment():
    task = TaskFactory()
    first, second = TaskAssignmentFactory.create_batch(2, task=task)
    to = OrganizationFactory()

    late = race(reassigning(first, to), reassigning(second, to))

    assert "已有这项任务" in str(late)
    assert to.task_assignments.count() == 1
    assert state_of(second) == "assigned"


def test_activity_given_twice_at_once_is_linked_once():
    row = TaskAssignmentFactory()
    activity = ActivityFactory(
        organization=row.organization,
        campaign=row.task.campaign,
        initiative=row.task.initiative,
    )
    give = partial(link_activity, assignment=row, activity=activity, by=UserFactory())

    late = race(give, give)

    assert "已经关联" in str(late)
    assert TaskLink.objects.count() == 1


def test_fulfilling_waits_for_a_return_of_its_activity():
    link = TaskLinkFactory(activity__state="submitted")
    reviewing = partial(
        review_activity,
        activity=link.activity,
        decision="returned",
        reason="缺照片",
        by=MembershipFactory(role="office").user,
    )

    late = race(reviewing, fulfilling(link.assignment))

    assert "还差 1 场" in str(late)
    assert state_of(link.assignment) == "assigned"


def draft():
    return Task(
        campaign=CampaignFactory(),
        initiative=InitiativeFactory(),
        title="示例任务",
        due_on=timezone.localdate(),
    )


def test_task_for_an_organization_that_merges_just_now_is_refused():
    old = committee()
    new = committee(old.parent)
    issuing = partial(issue_task, task=draft(), organizations=[old], by=UserFactory())

    late = race(partial(change, old, Kind.MERGE, successor=new.pk), issuing)

    assert "已停用、合并或撤销" in str(late)
    assert not TaskAssignment.objects.exists()


def test_merger_takes_along_the_task_that_is_issued_just_now():
    old = committee()
    new = committee(old.parent)
    issuing = partial(issue_task, task=draft(), organizations=[old], by=UserFactory())

    race(issuing, partial(change, old, Kind.MERGE, successor=new.pk))

    assert TaskAssignment.objects.open().get().organization == new


def test_task_called_off_during_a_merger_leaves_nothing_open():
    old = committee()
    new = committee(old.parent)
    task = TaskAssignmentFactory(organization=old).task
    calling_off = partial(cancel_task, task=task, reason="示例", by=UserFactory())

    race(partial(change, old, Kind.MERGE, successor=new.pk), calling_off)

    assert not TaskAssignment.objects.open().exists()


def test_organization_added_twice_at_once_gets_one_assignment():
    task, to = TaskFactory(), OrganizationFactory()
    adding = partial(add_organizations, task=task, organizations=[to], by=UserFactory())

    late = race(adding, adding)

    assert "还没有这项任务" in str(late)
    assert to.task_assignments.count() == 1


def test_step_upward_is_claimed_once():
    row = TaskAssignmentFactory(
        task__due_on=timezone.localdate() - timedelta(days=1),
        assigned_at=timezone.now() - timedelta(days=9),
    )
    noon = timezone.localtime().replace(hour=12)
    clock = partial(escalate_overdue_tasks, now=noon)

    assert race(clock, clock) == 0

    row.refresh_from_db()
    assert row.overdue_step == 1
