"""Whatever is done, in whatever order: figures, ledger, matrix and tasks agree.

The dice are seeded: each number is one story, and always the same one.
"""

from collections import Counter
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from campaigns.actions.tallies import check_tallies
from campaigns.models import (
    Activity,
    ActivityPartner,
    Campaign,
    Evidence,
    EvidenceFile,
    Task,
    TaskAssignment,
)
from campaigns.queries.figures import addendum_figures, progress_rows
from campaigns.queries.task_work import counted_activities
from communities.models import Organization
from core.models import AuditEntry
from reports.ledger import ledger_of
from reports.progress import (
    Kind,
    Question,
    activities_behind,
    members_of,
    progress_of,
)
from reports.progress_tree import Tree
from tests.campaigns.random_work import Work

pytestmark = pytest.mark.django_db

STEPS, CLOSES, FREEZES = 60, 15, 25
TREE = ("_merge", "_move_organization", "_rename_organization")
SEEDS = (200, 202, 204)
# Another database than SQLite is told the first story alone.
STORIES = [
    pytest.param(seed, marks=[] if seed == SEEDS[0] else [pytest.mark.any_database])
    for seed in SEEDS
]
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
EVER = (date(2026, 1, 1), date(2026, 12, 1))
MODELS = (Activity, ActivityPartner, Campaign, Task, TaskAssignment)
State = Activity.State


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Files of one test alone."""
    settings.MEDIA_ROOT = tmp_path


def owners(activity):
    joined = [row for row in activity.partners.all() if row.state == "confirmed"]
    return [activity.organization_id, *(row.organization_id for row in joined)]


def counts(rows):
    return Counter(
        {
            (
                row.organization_id,
                row.pillar_id,
                row.initiative_id,
                row.month,
            ): row.activity_count
            for row in rows
        }
    )


def check_figures(campaign):
    """What is approved stands once for each owner, in the figures or the addendum."""
    expected = {True: Counter(), False: Counter()}
    approved = campaign.activity_set.filter(state=State.APPROVED)
    for row in approved.prefetch_related("partners"):
        month = timezone.localdate(row.starts_at).replace(day=1)
        for owner in owners(row):
            key = (owner, row.pillar_id, row.initiative_id, month)
            expected[row.in_addendum][key] += 1
    assert counts(progress_rows(campaign)) == expected[False]
    assert counts(addendum_figures(campaign)) == expected[True]
    if not campaign.is_frozen:
        assert expected[True] == {}
    else:
        late = campaign.activity_set.filter(state__in=Activity.UNFINISHED_STATES)
        assert not late.filter(in_addendum=False).exists()


def check_matrix(campaign, months, below, today):
    """Each cell counts the rows behind it; returns the row of sums."""
    tree = Tree(Organization.objects.all(), campaign)
    question = Question(campaign, months, today)
    found = progress_of(question, tree, below=below)
    for row in [*found.rows, found.total]:
        members = members_of(tree, row.place.pk if row.place else None, row.span)
        assert members == row.members
        for kind in Kind:
            rows = activities_behind(question, members, None, kind)
            behind = Counter(rows.values_list("pillar_id", flat=True))
            said = {cell.pillar and cell.pillar.pk: cell for cell in row.cells}
            assert getattr(said.pop(None), kind) == behind.total()
            assert behind == {
                pillar: getattr(cell, kind)
                for pillar, cell in said.items()
                if getattr(cell, kind)
            }
    return found.total


def check_ledger(campaign, organization, months, total):
    """The ledger of an organisation says what the matrix says of it."""
    first, last = months or EVER
    waiting = 0
    for kind in (Kind.APPROVED, Kind.ADDENDUM):
        late = kind == Kind.ADDENDUM
        ledger = ledger_of(organization, campaign, first, last, addendum=late)
        waiting += ledger.waiting
        said = [part.total for part in ledger.parts] + [ledger.total]
        assert said == [getattr(cell, kind) for cell in total.cells]
        assert ledger.activities().count() == ledger.total
    assert waiting == total.cells[-1].waiting


def check_tasks():
    rows = TaskAssignment.objects.select_related("task", "organization")
    done = rows.filter(state="fulfilled", task__state="issued")
    given = counted_activities(done)
    assert [row for row in done if given[row.pk] < row.task.needed_count] == []
    left = rows.open().filter(organization__state__in=Organization.OVER_STATES)
    assert not left.exists()


def check_evidence():
    assert not EvidenceFile.objects.filter(links=None).exists()
    for file in EvidenceFile.objects.all():
        assert default_storage.exists(file.path)
    assert not Evidence.objects.filter(file=None).exists()


def check_counters():
    """What the portal counted on its way is what a count says now."""
    for campaign in Campaign.objects.all():
        assert check_tallies(campaign).drifts == 0


class States:
    """The states of all rows, and the audit lines that must lie between two looks."""

    def __init__(self):
        self.held, self.lines = {}, 0

    def check(self):
        last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
        lines = AuditEntry.objects.filter(pk__gt=self.lines)
        said = set(lines.values_list("target_type", "target_id", "data__after"))
        for model in MODELS:
            for pk, state in model.objects.values_list("pk", "state"):
                key = (model._meta.label, pk)
                if self.held.get(key, state) != state:
                    assert (*key, state) in said
                self.held[key] = state
        self.lines = last or 0


def look(campaign):
    """What must not move after the freeze: rows, the matrix of units, all ledgers."""
    tree = Tree(Organization.objects.all(), campaign)
    units = progress_of(Question(campaign, None, JUNE), tree, below=None)
    rows = [
        (row.place.pk, row.cells[-1].approved)
        for row in units.rows
        if row.cells[-1].approved
    ]
    ledgers = {
        row.pk: ledger_of(row, campaign, *EVER).total
        for row in Organization.objects.all()
    }
    return progress_rows(campaign), rows, ledgers


@pytest.mark.parametrize("seed", STORIES)
def test_records_after_any_work_agree_everywhere(
    seed, time_machine, django_capture_on_commit_callbacks
):
    work, states, frozen = Work(seed, time_machine), States(), None

    for number in range(STEPS):
        if number == CLOSES:
            work.start_closing()
        if number == FREEZES:
            frozen = look(work.first())
            work.freeze()
            assert look(work.first()) == frozen
        with django_capture_on_commit_callbacks(execute=True):
            act = work.step()
        states.check()
        check_counters()
        check_tasks()
        check_evidence()
        first, second = Campaign.objects.order_by("pk")
        check_figures(work.dice.choice([first, second]))
        if frozen and (number % 5 == 0 or act in TREE):
            assert look(first) == frozen
        if number % 3 == 0:
            campaign = work.dice.choice([first, first, second])
            months = work.dice.choice([None, (MAY, MAY), (MAY, JUNE)])
            organization = work.one(Organization.objects)
            check_matrix(campaign, months, None, work.today)
            total = check_matrix(campaign, months, organization.pk, work.today)
            check_ledger(campaign, organization, months, total)

    done = {act for act, refusal in work.done if refusal is None}
    assert {"_approve", "_fulfil", "_merge"} <= done
