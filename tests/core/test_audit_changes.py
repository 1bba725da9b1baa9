"""What the log says of a change: values that name nobody, masked ones, no others."""

import pytest

from communities.models import Organization
from core.audit_changes import changes, edits
from tests.factories.communities import CommunityFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.any_database
def test_changes_name_what_differs_and_mask_what_is_told():
    before = {"title": "一", "note": "张三", "phone": "+8613800138000", "kind": "a"}
    after = {"title": "二", "note": "李四", "phone": "+8613900139000", "kind": "a"}

    assert changes(before, after, masked=["note"]) == {
        "title": ["一", "二"],
        "note": None,
        "phone": ["138****8000", "139****9000"],
    }


def test_edits_of_a_unit_show_its_name_and_no_person():
    unit = OrganizationFactory(name="旧党支部", contact_name="张三", contact_phone="")
    values = {"name": "新党支部", "contact_name": "李四", "contact_phone": "2021234"}

    assert edits(unit, values) == {"name": ["旧党支部", "新党支部"]}


def test_edits_name_a_linked_record_and_choices_as_stored():
    unit = OrganizationFactory(kind=Organization.Kind.BRANCH)
    parent = OrganizationFactory(name="某党委")

    said = edits(unit, {"parent": parent, "kind": Organization.Kind.COMMITTEE})

    assert said["parent"][1] == str(parent)
    assert said["kind"] == ["branch", "committee"]


def test_edits_that_change_nothing_are_none():
    community = CommunityFactory()

    assert edits(community, {"name": community.name}) is None
