"""Splitting an organisation: new ones take what is assigned to them."""

import pytest
from django.utils import timezone

from communities.actions import ChangeRefused, apply_due_changes
from communities.models import Membership, Organization
from tests.communities.trees import (
    MAY,
    ONE_DAY,
    Kind,
    ahead,
    branch,
    change,
    committee,
    lives,
)
from tests.factories.communities import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return committee(name="旧党委", unit_name="旧单位")


def nodes(*names):
    return [{"name": name, "unit_name": f"{name}单位"} for name in names]


def test_split_makes_new_ones_from_the_day(old):
    done = change(old, Kind.SPLIT, nodes=nodes("甲党委", "乙党委"))

    first, second = Organization.objects.filter(pk__in=done.details["created"])
    assert (first.name, second.name) == ("甲党委", "乙党委")
    assert lives(first) == [("甲党委", "甲党委单位", old.parent_id, MAY, None)]
    assert (first.kind, first.starts_on) == (old.kind, MAY)
    old.refresh_from_db()
    assert old.state == "active"


def test_split_gives_each_what_was_assigned_and_leaves_the_rest(old):
    stays, goes = branch(old), branch(old)
    held = MembershipFactory(role="unit", organization=old)
    assign = {f"children:{goes.pk}": 1, f"memberships:{held.pk}": 0}

    done = change(old, Kind.SPLIT, nodes=nodes("甲党委", "乙党委"), assign=assign)

    first, second = done.details["created"]
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.parent_id, goes.parent_id) == (old.pk, second)
    assert Membership.objects.active().get(user=held.user).organization_id == first


def test_split_that_dissolves_needs_a_place_for_everything(old):
    branch(old, name="示例未分支部")

    with pytest.raises(ChangeRefused, match="示例未分支部"):
        change(old, Kind.SPLIT, nodes=nodes("甲党委"), dissolve=True)


def test_split_that_dissolves_leaves_the_first_as_successor(old):
    own = branch(old)
    assign = {f"children:{own.pk}": 1}

    done = change(
        old,
        Kind.SPLIT,
        nodes=nodes("甲党委", "乙党委"),
        assign=assign,
        dissolve=True,
    )

    old.refresh_from_db()
    first, second = Organization.objects.filter(pk__in=done.details["created"])
    own.refresh_from_db()
    assert (old.state, old.successor, old.ends_on) == (
        "dissolved",
        first,
        MAY - ONE_DAY,
    )
    assert old.path == f"{first.path}{old.pk}/"
    assert own.parent == second


def test_what_came_since_goes_to_the_first_when_the_old_one_ends(old):
    change(old, Kind.SPLIT, day=ahead(), nodes=nodes("甲党委"), dissolve=True)
    late = branch(old, starts_on=timezone.localdate())

    apply_due_changes(today=ahead())

    late.refresh_from_db()
    assert late.parent.name == "甲党委"


def test_what_came_since_stays_when_the_old_one_stays(old):
    change(old, Kind.SPLIT, day=ahead(), nodes=nodes("甲党委"))
    late = branch(old, starts_on=timezone.localdate())

    apply_due_changes(today=ahead())

    late.refresh_from_db()
    assert late.parent == old


@pytest.mark.parametrize(
    "made",
    [
        [],
        [{"name": ""}],
        [{"name": "甲党委"}, {"name": "甲党委"}],
        [{"name": "甲" * 101}],
        [{"name": "甲党委", "kind": "other"}],
        [{"name": f"党委{n}"} for n in range(6)],
    ],
    ids=["none", "nameless", "same name", "long", "no kind", "many"],
)
def test_split_into_what_does_not_fit_is_refused(old, made):
    with pytest.raises(ChangeRefused):
        change(old, Kind.SPLIT, nodes=made)


def test_split_is_refused_when_a_child_would_not_fit(old):
    general = branch(old, kind=Organization.Kind.GENERAL_BRANCH)
    made = [{"name": "甲总支", "kind": "general_branch"}]

    with pytest.raises(ChangeRefused, match="不能设在党总支"):
        change(old, Kind.SPLIT, nodes=made, assign={f"children:{general.pk}": 0})


def test_new_ones_may_stand_below_the_old_one(old):
    made = [{"name": "甲支部", "kind": "branch", "parent": old.pk}]

    done = change(old, Kind.SPLIT, nodes=made)

    (new,) = Organization.objects.filter(pk__in=done.details["created"])
    assert new.path == f"{old.path}{new.pk}/"


def test_new_ones_below_a_suspended_one_are_refused(old):
    above = committee(old.parent)
    change(above, Kind.SUSPEND)
    node = {"name": "甲支部", "kind": "branch", "parent": above.pk}

    with pytest.raises(ChangeRefused, match="已停用，不能作为上级"):
        change(old, Kind.SPLIT, nodes=[node])


def test_new_ones_below_an_old_one_that_ends_are_refused(old):
    made = [{"name": "甲支部", "kind": "branch", "parent": old.pk}]

    with pytest.raises(ChangeRefused, match="要撤销"):
        change(old, Kind.SPLIT, nodes=made, dissolve=True)
