"""Where an official finds the ledger and the progress of their organisation."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_page_of_the_own_organisation_leads_to_its_ledger(
    signed_in, unit_official, organization
):
    page = signed_in(unit_official).get(organization.get_absolute_url())

    assert reverse("reports:ledger", args=[organization.pk]) in page.content.decode()


def test_page_of_an_organisation_offers_no_ledger_to_others(
    client, signed_in, stranger, organization
):
    for reader in (client, signed_in(stranger)):
        page = reader.get(organization.get_absolute_url()).content.decode()

        assert reverse("reports:ledger", args=[organization.pk]) not in page


def test_desk_leads_to_progress_and_exports(signed_in, unit_official):
    page = signed_in(unit_official).get(reverse("reports:desk")).content.decode()

    for name in ("reports:progress", "accounts:export_list"):
        assert reverse(name) in page
