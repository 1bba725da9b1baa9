"""Scopes follow the tree, also when two people move organisations at once."""

import pytest

from accounts.models import User
from communities.actions import (
    OrganizationRefused,
    apply_due_changes,
    save_organization,
)
from communities.models import Organization, RegisterChange
from communities.permissions import Permission, has_permission
from tests.communities.trees import ahead, change
from tests.factories.communities import (
    MembershipFactory,
    OrganizationFactory,
    WorkingCommitteeFactory,
)

pytestmark = pytest.mark.django_db

Kind = Organization.Kind


@pytest.fixture
def root():
    return WorkingCommitteeFactory()


def moved(organization, parent):
    organization.parent = parent
    save_organization(organization=organization, by=None)


def test_second_mover_with_an_old_page_takes_those_below_along(root):
    first = OrganizationFactory(kind=Kind.COMMITTEE, parent=root)
    second = OrganizationFactory(kind=Kind.COMMITTEE, parent=root)
    general = OrganizationFactory(kind=Kind.GENERAL_BRANCH, parent=root)
    branch = OrganizationFactory(kind=Kind.BRANCH, parent=general)
    on_an_old_page = Organization.objects.get(pk=general.pk)

    moved(general, first)
    moved(on_an_old_page, second)

    branch.refresh_from_db()
    on_an_old_page.refresh_from_db()
    assert branch.path == f"{second.path}{general.pk}/{branch.pk}/"
    assert on_an_old_page.path == f"{second.path}{general.pk}/"


def test_saving_an_old_page_does_not_undo_a_state(root):
    branch = OrganizationFactory(kind=Kind.BRANCH, parent=root)
    on_an_old_page = Organization.objects.get(pk=branch.pk)
    branch.move_to(Organization.State.SUSPENDED, by=None)

    on_an_old_page.unit_name = "示例单位改名"
    save_organization(organization=on_an_old_page, by=None)

    branch.refresh_from_db()
    assert branch.state == Organization.State.SUSPENDED
    assert branch.unit_name == "示例单位改名"


def test_moving_below_oneself_is_refused(root):
    general = OrganizationFactory(kind=Kind.GENERAL_BRANCH, parent=root)
    branch = OrganizationFactory(kind=Kind.BRANCH, parent=general)
    general.kind = Kind.BRANCH

    with pytest.raises(OrganizationRefused):
        moved(general, branch)


def may_record(user, organization):
    organization.refresh_from_db()
    fresh = User.objects.get(pk=user.pk)  # memberships are read once a request
    return has_permission(fresh, Permission.ACTIVITY_RECORD, organization=organization)


def test_scope_follows_a_dated_move_on_its_day_only(root):
    first = OrganizationFactory(kind=Kind.COMMITTEE, parent=root)
    second = OrganizationFactory(kind=Kind.COMMITTEE, parent=root)
    branch = OrganizationFactory(kind=Kind.BRANCH, parent=first)
    of_first = MembershipFactory(role="unit", organization=first).user
    of_second = MembershipFactory(role="unit", organization=second).user
    change(branch, RegisterChange.Kind.MOVE, day=ahead(), parent=second.pk)

    before = may_record(of_first, branch), may_record(of_second, branch)
    apply_due_changes(today=ahead())
    after = may_record(of_first, branch), may_record(of_second, branch)

    assert (before, after) == ((True, False), (False, True))


def test_scope_of_the_old_parent_ends_with_a_merger(root):
    parent = OrganizationFactory(kind=Kind.COMMITTEE, parent=root)
    old = OrganizationFactory(kind=Kind.BRANCH, parent=parent)
    new = OrganizationFactory(kind=Kind.BRANCH, parent=root)
    of_parent = MembershipFactory(role="unit", organization=parent).user
    of_old = MembershipFactory(role="unit", organization=old).user

    change(old, RegisterChange.Kind.MERGE, successor=new.pk)

    assert not may_record(of_parent, old)
    assert not may_record(of_parent, new)
    assert may_record(of_old, new)
