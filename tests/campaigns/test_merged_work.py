"""Work of an organisation that was merged: frozen figures, ledger, matrix, tasks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.actions import review_activity
from campaigns.actions.campaigns import freeze_campaign
from campaigns.actions.tasks import fulfil_assignment
from campaigns.models import TaskAssignment
from communities.models import Organization
from reports.ledger import ledger_of
from reports.progress import Question, progress_of
from reports.progress_tree import Tree
from tests.campaigns.frozen import DAY_AFTER, LAST_DAY, record
from tests.communities.trees import Kind, branch, change, committee
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignFactory
from tests.factories.tasks import TaskAssignmentFactory, TaskLinkFactory

pytestmark = pytest.mark.django_db
EVER = (LAST_DAY.replace(month=1, day=1), LAST_DAY.replace(day=1))


@pytest.fixture
def campaign():
    return CampaignFactory(state="closing", closes_on=LAST_DAY)


@pytest.fixture
def heir():
    """A committee that others are merged into."""
    return committee()


@pytest.fixture
def gone(heir, campaign):
    """A branch of another committee, with an activity in the figures."""
    gone = branch(committee(heir.parent))
    record(campaign, gone, state="approved")
    return gone


def freeze(campaign):
    freeze_campaign(campaign=campaign, today=DAY_AFTER, by=None)
    campaign.refresh_from_db()


def merge(gone, heir, day=None):
    change(gone, Kind.MERGE, day or timezone.localdate(), successor=heir.pk)


def ledger_totals(campaign):
    return {
        row.pk: ledger_of(row, campaign, *EVER).total
        for row in Organization.objects.all()
    }


def matrix_totals(campaign):
    """Organisation to what the matrix counts for it and all below."""
    tree = Tree(Organization.objects.all(), campaign)
    question = Question(campaign, None, DAY_AFTER)
    return {
        pk: progress_of(question, tree, below=pk).total.cells[-1].approved
        for pk in tree.places
    }


def units(campaign):
    """The rows of the matrix that have something."""
    tree = Tree(Organization.objects.all(), campaign)
    rows = progress_of(Question(campaign, None, DAY_AFTER), tree, below=None).rows
    return {row.place.pk: row.cells[-1].approved for row in rows if not row.is_empty}


@pytest.mark.parametrize("days", [0, 10], ids=["that day", "before"])
def test_ledger_and_matrix_of_one_merged_before_the_freeze_are_the_successors(
    campaign, gone, heir, days
):
    merge(gone, heir, timezone.localdate() - timedelta(days=days))
    live = ledger_totals(campaign)

    freeze(campaign)

    assert live[heir.pk] == 1
    assert ledger_totals(campaign) == live
    assert matrix_totals(campaign) == live


@pytest.mark.parametrize("days", [0, 10], ids=["that day", "earlier"])
def test_ledger_and_matrix_after_a_later_merger_stay_as_frozen(
    campaign, gone, heir, days
):
    freeze(campaign)
    before = (ledger_totals(campaign), matrix_totals(campaign), units(campaign))

    merge(gone, heir, timezone.localdate() - timedelta(days=days))

    after = (ledger_totals(campaign), matrix_totals(campaign), units(campaign))
    assert after == before


def test_unit_merged_after_the_freeze_keeps_its_row(campaign, gone, heir):
    unit = gone.parent
    record(campaign, unit, state="approved")
    freeze(campaign)
    before = units(campaign)

    merge(unit, heir)

    assert before[unit.pk] == 1
    assert units(campaign) == before


def test_unit_of_another_name_since_the_freeze_keeps_its_row(campaign, gone):
    freeze(campaign)
    before = units(campaign)

    day = timezone.localdate() - timedelta(days=10)
    change(gone.parent, Kind.RENAME, day, name="示例", unit_name=gone.unit_name)

    assert units(campaign) == before


def test_task_reopened_after_a_merger_is_the_successors(heir):
    given = TaskLinkFactory(
        assignment__organization=branch(committee(heir.parent)),
        activity__state="submitted",
    )
    fulfil_assignment(assignment=given.assignment, by=UserFactory())
    merge(given.assignment.organization, heir)

    review_activity(
        activity=given.activity, decision="returned", reason="请补", by=UserFactory()
    )

    [left] = TaskAssignment.objects.open()
    assert left.organization == heir
    given.assignment.refresh_from_db()
    assert given.assignment.continued_by == left


def test_task_reopened_where_the_successor_has_it_goes_into_its_own(heir):
    given = TaskLinkFactory(
        assignment__organization=branch(committee(heir.parent)),
        activity__state="submitted",
    )
    held = TaskAssignmentFactory(task=given.assignment.task, organization=heir)
    fulfil_assignment(assignment=given.assignment, by=UserFactory())
    merge(given.assignment.organization, heir)

    review_activity(
        activity=given.activity, decision="returned", reason="请补", by=UserFactory()
    )

    assert list(TaskAssignment.objects.open()) == [held]
