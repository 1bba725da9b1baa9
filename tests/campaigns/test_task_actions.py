"""Organisations report, give activities and fulfil what was handed to them."""

import pytest

from accounts.models import Notification
from campaigns.actions import cancel_activity, review_activity
from campaigns.actions.task_issuing import reassign
from campaigns.actions.tasks import (
    TaskRefused,
    fulfil_assignment,
    link_activity,
    report_progress,
    unlink_activity,
)
from campaigns.models import Activity, ActivityPartner, TaskLink
from campaigns.queries.task_work import (
    activities_for,
    counted_activities,
    links_of,
    reports_of,
)
from core.models import AuditEntry
from tests.communities.trees import committee
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
    InitiativeFactory,
)
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.tasks import (
    TaskAssignmentFactory,
    TaskFactory,
    TaskLinkFactory,
    TaskReportFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(organization):
    return TaskAssignmentFactory(organization=organization)


def fitting(assignment, **values):
    values = {"organization": assignment.organization, **values}
    return ActivityFactory(
        campaign=assignment.task.campaign,
        initiative=assignment.task.initiative,
        **values,
    )


def give(assignment, activity, by=None):
    return link_activity(
        assignment=assignment, activity=activity, by=by or UserFactory()
    )


def fulfil(assignment):
    return fulfil_assignment(assignment=assignment, by=UserFactory())


def state_of(row):
    row.refresh_from_db()
    return row.state


# Progress -------------------------------------------------------------------


def test_first_report_starts_the_assignment(assignment, unit_official):
    report = report_progress(assignment=assignment, text=" 已排期 ", by=unit_official)

    assert (report.text, state_of(assignment)) == ("已排期", "in_progress")


def test_blank_report_is_refused(assignment, unit_official):
    with pytest.raises(TaskRefused, match="请写明进展"):
        report_progress(assignment=assignment, text=" ", by=unit_official)


@pytest.mark.parametrize("state", ["fulfilled", "cancelled"])
def test_assignment_that_is_done_with_takes_no_report(unit_official, state):
    row = TaskAssignmentFactory(state=state)

    with pytest.raises(TaskRefused):
        report_progress(assignment=row, text="示例", by=unit_official)


# Giving activities ----------------------------------------------------------


def test_given_activity_starts_the_assignment_and_is_audited(assignment):
    activity = fitting(assignment)

    link = give(assignment, activity)

    assert (link.activity, state_of(assignment)) == (activity, "in_progress")
    line = AuditEntry.objects.get(verb="campaigns.task_link_added")
    assert (line.target_id, line.data) == (link.pk, {"activity": activity.pk})


def test_activity_of_an_organization_below_may_be_given():
    assignment = TaskAssignmentFactory(organization=committee())
    below = OrganizationFactory(parent=assignment.organization)

    link = give(assignment, fitting(assignment, organization=below))

    assert link.pk


def test_joint_activity_counts_as_own_once_confirmed(assignment):
    activity = fitting(assignment, organization=OrganizationFactory())
    partner = ActivityPartner.objects.create(
        activity=activity,
        organization=assignment.organization,
        invited_by=UserFactory(),
    )
    with pytest.raises(TaskRefused, match="只能关联本党组织"):
        give(assignment, activity)

    partner.move_to(ActivityPartner.State.CONFIRMED, by=None)

    assert give(assignment, activity).pk


def test_activity_of_the_organization_above_is_refused(assignment):
    activity = fitting(assignment, organization=assignment.organization.parent)

    with pytest.raises(TaskRefused, match="只能关联本党组织"):
        give(assignment, activity)


def test_activity_of_another_initiative_is_refused_by_its_name(assignment):
    activity = fitting(assignment)
    activity.initiative = InitiativeFactory(title="其他举措")
    activity.save()

    with pytest.raises(TaskRefused, match="不属于任务的举措“示例举措”"):
        give(assignment, activity)


def test_activity_of_another_campaign_is_refused(assignment):
    activity = fitting(assignment)
    activity.campaign = CampaignFactory(title="另一行动")
    activity.save()

    with pytest.raises(TaskRefused, match="不在同一行动"):
        give(assignment, activity)


def test_cancelled_activity_is_refused(assignment):
    with pytest.raises(TaskRefused, match="已取消"):
        give(assignment, fitting(assignment, state="cancelled"))


def test_activity_is_given_once(assignment):
    activity = fitting(assignment)
    give(assignment, activity)

    with pytest.raises(TaskRefused, match="已经关联"):
        give(assignment, activity)


def test_one_activity_may_be_given_for_two_tasks(assignment):
    other = TaskAssignmentFactory(organization=assignment.organization)
    activity = fitting(assignment)

    give(assignment, activity)
    give(other, activity)

    assert activity.task_links.count() == 2


def test_archived_campaign_takes_no_activity(assignment):
    activity = fitting(assignment)
    campaign = assignment.task.campaign
    campaign.state = "archived"
    campaign.save()

    with pytest.raises(TaskRefused, match="已归档"):
        give(assignment, activity)


def test_activity_given_by_mistake_is_taken_back(assignment, unit_official):
    link = TaskLinkFactory(assignment=assignment)

    unlink_activity(assignment=assignment, activity=link.activity, by=unit_official)

    assert not TaskLink.objects.exists()
    line = AuditEntry.objects.get(verb="campaigns.task_link_removed")
    assert line.data == {"activity": link.activity_id}


def test_fulfilled_assignment_keeps_its_activities(assignment, unit_official):
    link = TaskLinkFactory(assignment=assignment)
    fulfil(assignment)

    with pytest.raises(TaskRefused, match="已完成"):
        unlink_activity(assignment=assignment, activity=link.activity, by=unit_official)


def test_offered_activities_fit_and_are_not_given_yet(assignment):
    free = fitting(assignment)
    fitting(assignment, state="cancelled")
    fitting(assignment, organization=OrganizationFactory())
    TaskLinkFactory(assignment=assignment)

    assert list(activities_for(assignment)) == [free]


# Fulfilling -----------------------------------------------------------------


def test_enough_activities_fulfil_it(assignment):
    TaskLinkFactory(assignment=assignment, activity__state="submitted")

    done = fulfil(assignment)

    assert (done.state, done.fulfilled_at is None) == ("fulfilled", False)


def test_refusal_says_how_many_activities_are_missing(organization):
    row = TaskAssignmentFactory(organization=organization, task__needed_count=3)
    TaskLinkFactory(assignment=row)

    with pytest.raises(TaskRefused, match="还差 2 场活动"):
        fulfil(row)


@pytest.mark.parametrize("state", ["draft", "published", "ended", "returned"])
def test_activity_not_handed_in_does_not_count(assignment, state):
    TaskLinkFactory(assignment=assignment, activity__state=state)

    with pytest.raises(TaskRefused, match="还差 1 场"):
        fulfil(assignment)


def test_activity_changed_to_another_initiative_does_not_count(assignment):
    link = TaskLinkFactory(assignment=assignment)
    link.activity.initiative = InitiativeFactory(title="其他举措")
    link.activity.save()

    assert counted_activities([assignment]) == {assignment.pk: 0}
    assert not links_of(assignment)[0].counts


def test_fulfilled_twice_is_refused(assignment):
    TaskLinkFactory(assignment=assignment)
    fulfil(assignment)

    with pytest.raises(TaskRefused, match="已完成"):
        fulfil(assignment)


# What was submitted is kept -------------------------------------------------


def handed_on(assignment):
    return reassign(
        assignment=assignment,
        organization=OrganizationFactory(),
        reason="示例",
        by=MembershipFactory(role="office").user,
    )


def test_what_was_given_before_counts_for_who_goes_on(assignment):
    link = TaskLinkFactory(assignment=assignment)
    report = TaskReportFactory(assignment=assignment)

    last = handed_on(handed_on(assignment))

    assert [row.pk for row in links_of(last)] == [link.pk]
    assert list(reports_of(last)) == [report]
    assert fulfil(last).state == "fulfilled"


def test_what_was_given_before_is_not_given_again(assignment):
    link = TaskLinkFactory(assignment=assignment)
    new = handed_on(assignment)
    link.activity.organization = new.organization
    link.activity.save()

    with pytest.raises(TaskRefused, match="已经关联"):
        give(new, link.activity)


def test_activity_given_under_both_counts_once():
    old = TaskAssignmentFactory(task=TaskFactory(needed_count=2))
    link = TaskLinkFactory(assignment=old)
    new = handed_on(old)
    TaskLinkFactory(assignment=new, activity=link.activity)

    assert counted_activities([new]) == {new.pk: 1}


# Reopening ------------------------------------------------------------------


def returned(activity):
    review_activity(
        activity=activity,
        decision="returned",
        reason="缺照片",
        by=MembershipFactory(role="office").user,
    )


def submitted(assignment):
    link = TaskLinkFactory(assignment=assignment, activity__state="submitted")
    EvidenceFactory(activity=link.activity)
    return link.activity


def test_returned_activity_reopens_what_rested_on_it(assignment, unit_official):
    activity = submitted(assignment)
    fulfil(assignment)

    returned(activity)

    assert state_of(assignment) == "in_progress"
    assert assignment.fulfilled_at is None
    message = Notification.objects.get(kind="task_reopened")
    assert message.recipient == unit_official


def test_returned_activity_leaves_what_has_enough_without_it(assignment):
    activity = submitted(assignment)
    TaskLinkFactory(assignment=assignment)
    fulfil(assignment)

    returned(activity)

    assert state_of(assignment) == "fulfilled"


def test_activity_of_a_predecessor_reopens_who_goes_on(assignment):
    activity = submitted(assignment)
    new = handed_on(assignment)
    fulfil(new)

    returned(activity)

    assert state_of(new) == "in_progress"


def test_task_that_is_over_is_not_reopened(assignment):
    activity = submitted(assignment)
    fulfil(assignment)
    assignment.task.move_to("closed", by=None)

    returned(activity)

    assert state_of(assignment) == "fulfilled"


def test_cancelled_activity_reopens_what_rested_on_it(assignment):
    link = TaskLinkFactory(assignment=assignment)
    fulfil(assignment)
    Activity.objects.update(state="returned")

    cancel_activity(activity=link.activity, reason="示例", by=UserFactory())

    assert state_of(assignment) == "in_progress"
