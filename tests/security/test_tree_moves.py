"""Scopes follow the tree, also when two people move organisations at once."""

import pytest

from communities.actions import OrganizationRefused, save_organization
from communities.models import Organization
from tests.factories.communities import OrganizationFactory, WorkingCommitteeFactory

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
