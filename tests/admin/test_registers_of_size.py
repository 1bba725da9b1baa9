"""What keeps every register quick at 100,000 rows, and safe; no page is opened."""

import pytest
from django.contrib import admin
from django.db import models

from communities.admin_base import BoundedPaginator
from communities.admin_filters import DayRangeFilter
from core.models import AuditEntry

# Lists the office keeps by hand: short enough to be chosen from.
SMALL = {
    "campaigns.Campaign",
    "campaigns.Initiative",
    "campaigns.Pillar",
    "campaigns.WhistleCategory",
    "communities.Subdistrict",
    "volunteers.Skill",
}
REGISTERS = {model._meta.label: page for model, page in admin.site._registry.items()}
pytestmark = pytest.mark.any_database


def field_of(model, path):
    """The field at the end of a path over relations, or None."""
    for part in path.split("__"):
        field = model._meta.get_field(part)
        model = field.related_model
    return field


@pytest.mark.parametrize("label", REGISTERS)
def test_register_counts_deletes_and_edits_nothing_in_bulk(label):
    page = REGISTERS[label]

    assert page.show_full_result_count is False
    assert page.paginator is BoundedPaginator
    assert page.list_per_page <= 100
    assert page.list_editable == ()
    assert page.date_hierarchy is None


@pytest.mark.parametrize("label", REGISTERS)
def test_register_offers_no_select_of_a_long_table(label):
    """Fields that can be changed search as one types; filters name short lists."""
    page = REGISTERS[label]
    searched = {*page.autocomplete_fields, *page.raw_id_fields}
    may_change = page.can_add or page.change_permission is not None
    chosen = {
        name
        for name in (page.fields if may_change else ())
        if name not in {*searched, *page.readonly_fields}
    }
    filtered = {
        entry[0] if isinstance(entry, tuple) else entry
        for entry in page.list_filter
        if isinstance(entry, (str, tuple))
    }

    long = {
        name
        for name in chosen | filtered
        if (field := field_of(page.model, name)).related_model
        and field.related_model._meta.label not in SMALL
    }

    assert long == set()


@pytest.mark.parametrize("label", REGISTERS)
def test_register_loads_what_its_list_names(label):
    page = REGISTERS[label]
    named = {
        field.name
        for field in page.model._meta.fields
        if field.is_relation and field.name in page.list_display
    }
    loaded = {path.split("__")[0] for path in page.list_select_related or ()}

    assert named <= loaded


@pytest.mark.parametrize("label", REGISTERS)
def test_register_with_a_day_in_its_list_has_a_range(label):
    page = REGISTERS[label]
    days = [
        field.name
        for field in page.model._meta.fields
        if isinstance(field, models.DateField) and field.name in page.list_display
    ]
    ranges = [entry for entry in page.list_filter if isinstance(entry, tuple)]

    assert not days or any(kind is DayRangeFilter for _name, kind in ranges)


@pytest.mark.parametrize("label", REGISTERS)
def test_register_says_by_what_it_searches(label):
    page = REGISTERS[label]

    assert page.search_fields
    assert page.search_help_text


def test_no_register_filters_by_who_did_not_come():
    signups = REGISTERS["volunteers.Signup"]
    names = {str(name) for name in (*signups.list_filter, *signups.search_fields)}

    assert not any("state" in name for name in names)
    assert "data" not in REGISTERS[AuditEntry._meta.label].search_fields


@pytest.mark.parametrize("label", REGISTERS)
def test_register_searches_up_single_relations(label):
    """By way of many, a row would be found once for each of them."""
    page = REGISTERS[label]

    for path in page.search_fields:
        model = page.model
        for name in path.lstrip("=^").split("__")[:-1]:
            field = model._meta.get_field(name)
            assert field.many_to_one or field.one_to_one, path
            model = field.related_model
