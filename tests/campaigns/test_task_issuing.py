"""The office or the committee hands out tasks, changes and ends them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions.task_issuing import (
    add_organizations,
    cancel_task,
    change_task,
    close_task,
    issue_task,
    reassign,
)
from campaigns.actions.tasks import TaskRefused
from campaigns.models import Task, TaskAssignment
from core.models import AuditEntry
from tests.factories.campaigns import CampaignFactory, InitiativeFactory
from tests.factories.communities import (
    MembershipFactory,
    OrganizationFactory,
    WorkingCommitteeFactory,
)
from tests.factories.tasks import TaskAssignmentFactory, TaskFactory, TaskLinkFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def draft(**values):
    values = {
        "campaign": CampaignFactory(),
        "initiative": InitiativeFactory(),
        "title": "示例任务",
        "due_on": timezone.localdate() + 10 * DAY,
        **values,
    }
    return Task(**values)


def told(kind):
    rows = Notification.objects.filter(kind=kind).order_by("recipient")
    return list(rows.values_list("recipient_id", flat=True))


def official_of(organization):
    return MembershipFactory(role="unit", organization=organization).user


def states(task):
    rows = task.assignments.order_by("pk")
    return list(rows.values_list("organization_id", "state"))


# Issuing --------------------------------------------------------------------


def test_task_is_handed_to_each_organization_once(office_official):
    first, second = OrganizationFactory.create_batch(2)

    task = issue_task(
        task=draft(), organizations=[first, second, first], by=office_official
    )

    assert states(task) == [(first.pk, "assigned"), (second.pk, "assigned")]
    assert task.issued_by == office_official
    assert AuditEntry.objects.get(verb="campaigns.task_created").data == {
        "organizations": 2
    }


def test_officials_of_each_organization_are_told(office_official):
    first, second = OrganizationFactory.create_batch(2)
    people = [official_of(first), official_of(second)]

    issue_task(task=draft(), organizations=[first, second], by=office_official)

    assert told("task_assigned") == [user.pk for user in people]


def test_without_an_account_the_nearest_above_is_told_once(office_official):
    parent = WorkingCommitteeFactory()
    branches = OrganizationFactory.create_batch(2, parent=parent)
    above = official_of(parent)

    issue_task(task=draft(), organizations=branches, by=office_official)

    message = Notification.objects.get(kind="task_assigned")
    assert message.recipient == above
    assert all(branch.name in message.body for branch in branches)


@pytest.mark.parametrize("state", ["suspended", "dissolved"])
def test_organization_that_is_not_active_is_refused_by_name(office_official, state):
    fit, unfit = OrganizationFactory(), OrganizationFactory(state=state)

    with pytest.raises(TaskRefused, match=unfit.name):
        issue_task(task=draft(), organizations=[fit, unfit], by=office_official)

    assert not Task.objects.exists()


@pytest.mark.parametrize("state", ["planned", "frozen", "archived"])
def test_campaign_without_open_figures_takes_no_task(
    office_official, organization, state
):
    campaign = CampaignFactory(title="另一行动", state=state)

    with pytest.raises(TaskRefused, match="不能下达任务"):
        issue_task(
            task=draft(campaign=campaign),
            organizations=[organization],
            by=office_official,
        )


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"due_on": timezone.localdate() - DAY}, "不能早于今天"),
        ({"initiative": {"title": "停用举措", "is_open": False}}, "已停用"),
    ],
    ids=["past day", "closed initiative"],
)
def test_unfit_task_is_refused(office_official, organization, values, text):
    if "initiative" in values:
        values = {"initiative": InitiativeFactory(**values["initiative"])}

    with pytest.raises(TaskRefused, match=text):
        issue_task(
            task=draft(**values), organizations=[organization], by=office_official
        )


def test_task_for_nobody_is_refused(office_official):
    with pytest.raises(TaskRefused, match="至少选择一个"):
        issue_task(task=draft(), organizations=[], by=office_official)


def test_second_click_issues_once(office_official, organization):
    for _click in range(2):
        issue_task(task=draft(), organizations=[organization], by=office_official)

    assert Task.objects.count() == 1


def test_later_organizations_join_and_those_who_have_it_stay(office_official):
    held = TaskAssignmentFactory()
    later = OrganizationFactory()

    new = add_organizations(
        task=held.task, organizations=[held.organization, later], by=office_official
    )

    assert [row.organization for row in new] == [later]
    assert held.task.assignments.count() == 2
    above = AuditEntry.objects.get(verb="campaigns.task_widened")
    assert [line.target_id for line in above.children.all()] == [new[0].pk]


# Changing -------------------------------------------------------------------


def test_changed_day_is_told_once_to_open_assignments_only(office_official):
    task = TaskFactory()
    open_one, also_open = TaskAssignmentFactory.create_batch(2, task=task)
    done = TaskAssignmentFactory(task=task, state="fulfilled")
    both = official_of(open_one.organization)
    MembershipFactory(role="unit", user=both, organization=also_open.organization)
    official_of(done.organization)

    change_task(task=task, values={"due_on": task.due_on + DAY}, by=office_official)

    assert told("task_changed") == [both.pk]


def test_changed_day_begins_the_steps_anew(office_official):
    row = TaskAssignmentFactory(
        overdue_step=2, task__due_on=timezone.localdate() - 5 * DAY
    )

    change_task(
        task=row.task,
        values={"due_on": timezone.localdate() + DAY},
        by=office_official,
    )

    row.refresh_from_db()
    assert row.overdue_step == 0


def test_new_day_in_the_past_is_refused(office_official):
    task = TaskFactory()

    with pytest.raises(TaskRefused, match="不能早于今天"):
        change_task(
            task=task,
            values={"due_on": timezone.localdate() - DAY},
            by=office_official,
        )


def test_words_of_an_overdue_task_may_be_mended(office_official):
    task = TaskFactory(due_on=timezone.localdate() - DAY)

    change_task(
        task=task, values={"text": "新要求", "due_on": task.due_on}, by=office_official
    )

    task.refresh_from_db()
    assert task.text == "新要求"


def test_unchanged_task_is_told_to_nobody(office_official):
    row = TaskAssignmentFactory()
    official_of(row.organization)

    change_task(task=row.task, values={"text": row.task.text}, by=office_official)

    assert told("task_changed") == []


# Ending ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "state"), [(cancel_task, "cancelled"), (close_task, "closed")]
)
def test_ended_task_cancels_what_is_open_and_keeps_what_is_done(
    office_official, end, state
):
    task = TaskFactory()
    open_one = TaskAssignmentFactory(task=task, state="in_progress")
    done = TaskAssignmentFactory(task=task, state="fulfilled")
    official = official_of(open_one.organization)

    end(task=task, reason="上级另有安排", by=office_official)

    task.refresh_from_db()
    assert task.state == state
    assert states(task) == [
        (open_one.organization_id, "cancelled"),
        (done.organization_id, "fulfilled"),
    ]
    assert told("task_over") == [official.pk]


@pytest.mark.parametrize("end", [cancel_task, close_task])
def test_task_does_not_end_without_a_reason(office_official, end):
    task = TaskFactory()

    with pytest.raises(TaskRefused, match="理由"):
        end(task=task, reason=" ", by=office_official)


@pytest.mark.parametrize(
    "act",
    [
        lambda row, by: cancel_task(task=row.task, reason="示例", by=by),
        lambda row, by: change_task(task=row.task, values={"text": "新"}, by=by),
        lambda row, by: add_organizations(
            task=row.task, organizations=[OrganizationFactory()], by=by
        ),
        lambda row, by: reassign(
            assignment=row, organization=OrganizationFactory(), reason="示例", by=by
        ),
    ],
    ids=["end", "change", "add", "reassign"],
)
def test_task_that_is_over_does_not_change(office_official, act):
    row = TaskAssignmentFactory(task__state="closed")

    with pytest.raises(TaskRefused, match="已结束"):
        act(row, office_official)


# Re-assigning ---------------------------------------------------------------


def test_reassigned_task_goes_on_with_another_organization(office_official):
    old = TaskAssignmentFactory(state="in_progress")
    to = OrganizationFactory()
    before, after = official_of(old.organization), official_of(to)

    new = reassign(
        assignment=old, organization=to, reason="人手不足", by=office_official
    )

    old.refresh_from_db()
    assert (old.state, old.continued_by) == ("reassigned", new)
    assert (new.organization, new.state) == (to, "in_progress")
    assert told("task_taken_away") == [before.pk]
    assert told("task_assigned") == [after.pk]


def test_what_was_given_stays_with_the_old_one(office_official):
    link = TaskLinkFactory()

    reassign(
        assignment=link.assignment,
        organization=OrganizationFactory(),
        reason="示例",
        by=office_official,
    )

    assert list(link.assignment.links.all()) == [link]


def test_organization_that_has_it_already_is_refused(office_official):
    old = TaskAssignmentFactory()
    held = TaskAssignmentFactory(task=old.task)

    with pytest.raises(TaskRefused, match="已有这项任务"):
        reassign(
            assignment=old,
            organization=held.organization,
            reason="示例",
            by=office_official,
        )

    old.refresh_from_db()
    assert old.state == "assigned"


def test_task_goes_back_to_who_had_it_first(office_official):
    first = TaskAssignmentFactory()
    second = reassign(
        assignment=first,
        organization=OrganizationFactory(),
        reason="示例",
        by=office_official,
    )

    third = reassign(
        assignment=second,
        organization=first.organization,
        reason="示例",
        by=office_official,
    )

    live = TaskAssignment.objects.open().get(task=first.task)
    assert (live, live.organization) == (third, first.organization)


@pytest.mark.parametrize("state", ["fulfilled", "cancelled"])
def test_only_open_assignments_are_reassigned(office_official, state):
    row = TaskAssignmentFactory(state=state)

    with pytest.raises(TaskRefused, match="不能改派"):
        reassign(
            assignment=row,
            organization=OrganizationFactory(),
            reason="示例",
            by=office_official,
        )


def test_suspended_organization_takes_nothing_over(office_official):
    row = TaskAssignmentFactory()
    to = OrganizationFactory(state="suspended")

    with pytest.raises(TaskRefused, match=to.name):
        reassign(assignment=row, organization=to, reason="示例", by=office_official)
