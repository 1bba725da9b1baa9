"""Merging one organisation into another, with all that stands with it."""

import pytest
from django.utils import timezone

from communities.actions import (
    ChangeRefused,
    GrantRefused,
    apply_due_changes,
    grant_membership,
)
from communities.actions.handovers import Handover, Held
from communities.actions.handovers import base as handovers
from communities.models import Membership, Organization, RegisterChange
from communities.permissions import Permission, has_permission
from communities.queries.history import organization_history, successors
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
from tests.factories.accounts import UserFactory
from tests.factories.communities import LONG_AGO, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return committee(name="旧党委", unit_name="旧单位")


@pytest.fixture
def new(old):
    return committee(old.parent, name="新党委", unit_name="新单位")


class Broken(Handover):
    """The last handover, which fails."""

    name = "broken"
    label = "坏的"

    def held(self, node, *, on, to):
        return [Held("1", "示例", "示例")]

    def move(self, node, to, *, on, by, keys=None):
        raise ChangeRefused("示例故障")


@pytest.fixture
def broken(monkeypatch):
    monkeypatch.setattr(handovers, "_HANDOVERS", [*handovers._HANDOVERS, Broken()])


def test_merge_keeps_the_old_node_below_its_successor(old, new):
    parent_id = old.parent_id

    change(old, Kind.MERGE, successor=new.pk)

    old.refresh_from_db()
    assert (old.state, old.successor, old.ends_on) == ("merged", new, MAY - ONE_DAY)
    assert old.path == f"{new.path}{old.pk}/"
    assert lives(old) == [("旧党委", "旧单位", parent_id, LONG_AGO, MAY - ONE_DAY)]


def test_roles_are_not_granted_for_what_was_merged(old, new):
    change(old, Kind.MERGE, successor=new.pk)

    with pytest.raises(GrantRefused, match="旧党委已合并或撤销"):
        grant_membership(user=UserFactory(), role="unit", scope=old, by=None)

    assert not Membership.objects.exists()


def test_merge_moves_children_with_all_below_them(old, new):
    general = branch(old, kind=Organization.Kind.GENERAL_BRANCH)
    below = branch(general)

    change(old, Kind.MERGE, successor=new.pk)

    general.refresh_from_db()
    below.refresh_from_db()
    assert (general.parent, general.path) == (new, f"{new.path}{general.pk}/")
    assert below.path == f"{general.path}{below.pk}/"
    assert [row[2] for row in lives(general)] == [old.pk, new.pk]
    assert organization_history().on(general.pk, MAY - ONE_DAY).parent_id == old.pk


def test_merge_is_refused_when_a_child_would_not_fit(old, new):
    branch(old, name="示例总支", kind=Organization.Kind.GENERAL_BRANCH)
    small = branch(new, kind=Organization.Kind.GENERAL_BRANCH)

    with pytest.raises(ChangeRefused, match="“示例总支”不能设在党总支"):
        change(old, Kind.MERGE, successor=small.pk)


def test_merge_carries_roles_on_with_their_granter(old, new):
    granter = UserFactory()
    held = MembershipFactory(role="unit", organization=old, granted_by=granter)

    change(old, Kind.MERGE, successor=new.pk)

    held.refresh_from_db()
    after = Membership.objects.get(user=held.user, organization=new)
    assert held.ends_on == MAY - ONE_DAY
    assert (after.starts_on, after.ends_on, after.granted_by) == (MAY, None, granter)


def test_merge_does_not_double_a_role_held_already(old, new):
    held = MembershipFactory(role="unit", organization=old)
    MembershipFactory(role="unit", organization=new, user=held.user)

    change(old, Kind.MERGE, successor=new.pk)

    assert Membership.objects.active().filter(user=held.user).count() == 1


def test_officials_of_the_successor_see_the_old_node(old, new):
    official = MembershipFactory(role="unit", organization=new).user

    change(old, Kind.MERGE, successor=new.pk)

    old.refresh_from_db()
    assert has_permission(official, Permission.ACTIVITY_VIEW, organization=old)


def test_a_chain_of_mergers_leads_to_the_last(old, new):
    last = committee(old.parent)
    change(old, Kind.MERGE, successor=new.pk)
    new.refresh_from_db()

    change(new, Kind.MERGE, day=MAY + ONE_DAY, successor=last.pk)

    old.refresh_from_db()
    assert successors(Organization) == {old.pk: last.pk, new.pk: last.pk}
    assert old.path == f"{last.path}{new.pk}/{old.pk}/"


@pytest.mark.parametrize("who", ["self", "below", "merged", "suspended", "nobody"])
def test_merge_into_what_cannot_take_it_is_refused(old, new, who):
    below = branch(old)
    if who == "merged":
        change(new, Kind.MERGE, successor=committee(old.parent).pk)
    if who == "suspended":
        change(new, Kind.SUSPEND)
    targets = {"self": old.pk, "below": below.pk, "nobody": None}

    with pytest.raises(ChangeRefused):
        change(old, Kind.MERGE, day=MAY + ONE_DAY, successor=targets.get(who, new.pk))


def test_a_child_may_merge_into_its_parent(old):
    own = branch(old)

    change(own, Kind.MERGE, successor=old.pk)

    own.refresh_from_db()
    assert (own.state, own.path) == ("merged", f"{old.path}{own.pk}/")


def test_merge_back_into_what_was_merged_is_refused(old, new):
    change(old, Kind.MERGE, successor=new.pk)

    with pytest.raises(ChangeRefused, match="已合并"):
        change(new, Kind.MERGE, day=MAY + ONE_DAY, successor=old.pk)


def test_merge_on_the_first_day_of_the_name_is_refused(old, new):
    change(old, Kind.RENAME, name="改名党委")

    with pytest.raises(ChangeRefused, match="须更晚"):
        change(old, Kind.MERGE, successor=new.pk)


def test_a_failing_handover_leaves_nothing(old, new, broken):
    own = branch(old)
    held = MembershipFactory(role="unit", organization=old)

    with pytest.raises(ChangeRefused, match="示例故障"):
        change(old, Kind.MERGE, successor=new.pk)

    own.refresh_from_db()
    old.refresh_from_db()
    held.refresh_from_db()
    assert (own.parent, old.state, held.ends_on) == (old, "active", None)
    assert len(lives(own)) == 1
    assert Membership.objects.filter(organization=new).count() == 0
    assert RegisterChange.objects.count() == 0


def test_a_failing_handover_on_the_day_leaves_only_the_failure(old, new, broken):
    own = branch(old)
    planned = change(old, Kind.MERGE, day=ahead(), successor=new.pk)

    apply_due_changes(today=ahead())

    own.refresh_from_db()
    planned.refresh_from_db()
    assert own.parent == old
    assert (planned.state, planned.refusal) == ("failed", "示例故障")


def test_merge_dated_ahead_takes_what_came_since(old, new):
    change(old, Kind.MERGE, day=ahead(), successor=new.pk)
    late = branch(old, starts_on=timezone.localdate())

    apply_due_changes(today=ahead())

    late.refresh_from_db()
    assert late.parent == new


def test_two_planned_mergers_of_two_into_each_other_contradict(old, new):
    change(old, Kind.MERGE, day=ahead(5), successor=new.pk)

    with pytest.raises(ChangeRefused, match="冲突"):
        change(new, Kind.MERGE, day=ahead(5), successor=old.pk)


def test_merge_tells_what_was_moved(old, new):
    branch(old)
    MembershipFactory(role="unit", organization=old)

    done = change(old, Kind.MERGE, successor=new.pk)

    assert done.details["moved"] == {"children": 1, "memberships": 1}
