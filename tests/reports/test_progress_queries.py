"""The progress matrix: what each figure counts, and that its rows are as many."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.actions.campaigns import freeze_campaign
from campaigns.models import Pillar
from campaigns.queries.figures import progress_rows
from communities.actions.history import keep_version
from communities.models import Organization
from reports.progress import (
    Question,
    activities_behind,
    members_of,
    progress_of,
)
from reports.progress_tree import Tree
from tests.communities.trees import branch, committee
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignFactory, InitiativeFactory, PillarFactory
from tests.factories.communities import OrganizationFactory
from tests.reports.ledgers import JUNE, MAY, activity, join

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.fixture
def campaign():
    return CampaignFactory()


@pytest.fixture
def unit():
    """A committee with a branch of the same unit and one of another."""
    above = committee(name="示例党委", unit_name="甲单位")
    branch(above, name="甲支部", unit_name="甲单位")
    branch(above, name="乙支部", unit_name="乙单位")
    return above


def named(name):
    return Organization.objects.get(name=name)


def asked(campaign, months=None):
    return Question(campaign, months, TODAY)


def matrix(campaign, below=None, months=None):
    tree = Tree(Organization.objects.all(), campaign)
    return progress_of(asked(campaign, months), tree, below=below)


def figures(progress):
    """Label of the row to approved, waiting and late activities of all pillars."""
    return {
        row.label: (
            row.cells[-1].approved,
            row.cells[-1].waiting,
            row.cells[-1].addendum,
        )
        for row in progress.rows
        if not row.is_empty
    }


def total(progress):
    cell = progress.total.cells[-1]
    return (cell.approved, cell.waiting, cell.addendum)


def freeze(campaign):
    campaign.state = "closing"
    campaign.save()
    freeze_campaign(
        campaign=campaign, today=timezone.localdate(), by=UserFactory(), reason="示例"
    )
    campaign.refresh_from_db()


def differences(campaign, below=None, months=None):
    """Cells whose rows are not as many as they say."""
    tree = Tree(Organization.objects.all(), campaign)
    question = asked(campaign, months)
    found = progress_of(question, tree, below=below)
    wrong = []
    for row in [*found.rows, found.total]:
        members = members_of(tree, row.place and row.place.pk, row.span)
        for cell in row.cells:
            for kind in ("approved", "waiting", "addendum"):
                rows = activities_behind(question, members, cell.pillar, kind).count()
                if rows != getattr(cell, kind):
                    wrong.append((row.place, cell.title, kind, rows))
    return wrong


def test_units_are_rows_and_their_branches_are_summed(campaign, unit):
    activity(unit, date(2026, 5, 1))
    activity(named("甲支部"), date(2026, 5, 2))
    activity(named("乙支部"), date(2026, 5, 3), state="submitted")

    found = matrix(campaign)

    assert figures(found) == {"甲单位": (2, 0, 0), "乙单位": (0, 1, 0)}
    assert total(found) == (2, 1, 0)


def test_cells_stand_under_the_main_pillar(campaign, unit):
    second = PillarFactory(code="virtue")
    activity(unit, date(2026, 5, 1), second_pillar=second)

    found = matrix(campaign)

    [row] = [row for row in found.rows if not row.is_empty]
    assert {cell.pillar.code: cell.approved for cell in row.cells if cell.pillar} == {
        **dict.fromkeys(Pillar.Code.values, 0),
        "service": 1,
    }


def test_joint_activity_counts_once_in_a_row_and_in_the_sum(campaign, unit):
    joint = activity(unit, date(2026, 5, 1))
    join(joint, named("甲支部"))
    join(joint, named("乙支部"))
    join(joint, OrganizationFactory(unit_name="丙单位"), state="invited")

    found = matrix(campaign)

    assert figures(found) == {"甲单位": (1, 0, 0), "乙单位": (1, 0, 0)}
    assert total(found) == (1, 0, 0)


def test_below_an_organisation_are_itself_and_its_branches(campaign, unit):
    activity(unit, date(2026, 5, 1))
    activity(named("乙支部"), date(2026, 5, 2))
    activity(OrganizationFactory(), date(2026, 5, 3))

    found = matrix(campaign, below=unit.pk)

    assert [(row.label, row.span) for row in found.rows] == [
        ("示例党委", "self"),
        ("甲支部", "below"),
        ("乙支部", "below"),
    ]
    assert figures(found) == {"示例党委": (1, 0, 0), "乙支部": (1, 0, 0)}
    assert total(found) == (2, 0, 0)


def test_months_narrow_every_figure(campaign, unit):
    activity(unit, date(2026, 5, 31))
    activity(unit, date(2026, 6, 1), state="submitted")

    assert total(matrix(campaign, months=(MAY, MAY))) == (1, 0, 0)
    assert total(matrix(campaign, months=(JUNE, JUNE))) == (0, 1, 0)


def test_targets_are_multiplied_by_the_periods_begun(campaign, unit):
    campaign.shows_targets = True
    campaign.starts_on = date(2026, 2, 10)
    campaign.save()
    for period, count in (("month", 2), ("quarter", 3), ("year", 5)):
        InitiativeFactory(
            pillar=PillarFactory(code="service"),
            title=period,
            target_count=count,
            target_period=period,
        )

    found = matrix(campaign)

    # February to June, two quarters, one year.
    [row] = [row for row in found.rows if row.label == "甲单位"]
    targets = {
        cell.pillar.code: cell.target
        for cell in row.cells
        if cell.target and cell.pillar
    }
    assert targets == {"service": 2 * 5 + 3 * 2 + 5}


def test_targets_switched_off_are_not_shown(campaign, unit):
    InitiativeFactory(target_count=2, target_period="month")

    found = matrix(campaign)

    assert not found.has_targets
    assert {cell.target for row in found.rows for cell in row.cells} == {None}


def test_matrix_agrees_with_the_figures_of_the_campaign(campaign, unit):
    joint = activity(unit, date(2026, 5, 1))
    join(joint, named("乙支部"))
    activity(named("甲支部"), date(2026, 6, 1), pillar="virtue")

    led = sum(figure.led_count for figure in progress_rows(campaign))

    assert total(matrix(campaign)) == (led, 0, 0) == (2, 0, 0)


def test_frozen_matrix_stays_when_records_and_the_tree_move(campaign, unit):
    moved = named("甲支部")
    activity(moved, date(2026, 5, 1))
    freeze(campaign)
    before = figures(matrix(campaign))
    elsewhere = committee(unit_name="丁单位")
    moved.parent, moved.path = elsewhere, f"{elsewhere.path}{moved.pk}/"
    moved.unit_name = "丁单位"
    moved.save()
    keep_version(moved, on=timezone.localdate() + timedelta(days=1))
    activity(unit, date(2026, 5, 2), in_addendum=True)

    after = figures(matrix(campaign))

    assert before == {"甲单位": (1, 0, 0)}
    assert after == {"甲单位": (1, 0, 1)}


def test_unit_that_is_over_stands_only_with_work(campaign, unit):
    gone, busy = (
        OrganizationFactory(unit_name="空"),
        OrganizationFactory(unit_name="忙"),
    )
    activity(busy, date(2026, 5, 1))
    Organization.objects.filter(pk__in=[gone.pk, busy.pk]).update(state="dissolved")

    labels = [row.label for row in matrix(campaign).rows]

    assert "忙" in labels
    assert "空" not in labels


@pytest.mark.parametrize("is_frozen", [False, True], ids=["live", "frozen"])
def test_rows_behind_each_figure_are_exactly_as_many(is_frozen, campaign, unit):
    first, second = named("甲支部"), named("乙支部")
    other = OrganizationFactory(unit_name="丙单位")
    for number, owner in enumerate((unit, first, second, other)):
        activity(owner, date(2026, 5, 1 + number))
        joint = activity(owner, date(2026, 6, 1 + number), pillar="virtue")
        for partner in (first, second, other):
            if partner != owner:
                join(joint, partner)
    if is_frozen:
        freeze(campaign)
        join(activity(other, date(2026, 5, 9), in_addendum=True), first)
    join(activity(unit, date(2026, 5, 8), state="submitted"), second)

    faults = [
        differences(campaign),
        differences(campaign, below=unit.pk),
        differences(campaign, months=(MAY, MAY)),
    ]

    assert faults == [[], [], []]
    assert total(matrix(campaign)) == (8, 1, 1 if is_frozen else 0)
