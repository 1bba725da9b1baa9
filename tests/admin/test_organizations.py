"""Organisations in the admin site: corrections, and the way to dated changes."""

import re
from html import unescape

import pytest
from django.urls import reverse

from communities.models import Organization
from tests.admin.pages import admin_url
from tests.communities.trees import MAY, Kind, change, lives
from tests.communities.trees import committee as make_committee
from tests.factories.communities import LONG_AGO

LABEL = "communities.Organization"
pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_committee(name="旧党委", unit_name="旧单位")


def shown_values(client, organization):
    """What a browser would post from the page as it stands."""
    page = client.get(admin_url(LABEL, "change", organization.pk)).content.decode()
    inputs = re.findall(r'<input [^>]*name="([^"_][^"]*)"[^>]*>', page)
    values = {}
    for name in inputs:
        tag = re.search(rf'<input [^>]*name="{re.escape(name)}"[^>]*>', page)[0]
        value = re.search(r'\bvalue="([^"]*)"', tag)
        values[name] = unescape(value[1]) if value else ""
    return values | {"kind": organization.kind, "parent": organization.parent_id}


def test_page_opened_before_a_rename_does_not_take_the_old_name_back(committee, office):
    page = shown_values(committee, office)
    change(office, Kind.RENAME, name="新党委")

    committee.post(
        admin_url(LABEL, "change", office.pk), {**page, "member_count": "12"}
    )

    office.refresh_from_db()
    assert (office.name, office.member_count) == ("新党委", 12)
    assert [row[0] for row in lives(office)] == ["旧党委", "新党委"]


def test_name_typed_here_corrects_the_latest_version(committee, office):
    change(office, Kind.RENAME, name="新党委")
    page = shown_values(committee, office)

    committee.post(admin_url(LABEL, "change", office.pk), {**page, "name": "新的党委"})

    assert [row[0] for row in lives(office)] == ["旧党委", "新的党委"]


def test_first_day_typed_here_is_the_first_of_its_history(committee, office):
    page = shown_values(committee, office)

    committee.post(
        admin_url(LABEL, "change", office.pk), {**page, "starts_on": "2019-01-01"}
    )

    office.refresh_from_db()
    assert lives(office)[0][3] == office.starts_on < LONG_AGO


def test_first_day_after_the_first_name_is_refused(committee, office):
    change(office, Kind.RENAME, name="新党委")
    page = shown_values(committee, office)

    response = committee.post(
        admin_url(LABEL, "change", office.pk), {**page, "starts_on": "2026-05-02"}
    )

    assert "成立日期不能更晚" in response.content.decode()
    assert lives(office)[0][3] == LONG_AGO


def test_page_says_what_is_a_correction_and_leads_to_changes(committee, office):
    page = committee.get(admin_url(LABEL, "change", office.pk)).content.decode()

    assert "更正" in page
    assert reverse("communities:change_create", args=[office.pk]) in page


def test_what_is_dissolved_shows_its_name_without_a_field(committee, office):
    change(office, Kind.DISSOLVE)

    page = committee.get(admin_url(LABEL, "change", office.pk)).content.decode()

    assert 'name="name"' not in page
    assert reverse("communities:change_create", args=[office.pk]) not in page
    assert Organization.objects.get(pk=office.pk).ends_on < MAY
