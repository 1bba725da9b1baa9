"""Every register × every role × every page of it."""

import pytest
from django.contrib import admin
from django.test import Client

from tests.admin.pages import ALL, PAGES, admin_url

OUTSIDERS = ["unit", "street", "community"]
ROLES = [*sorted(ALL), *OUTSIDERS]
pytestmark = pytest.mark.django_db


def test_registry_has_a_row_for_each_page():
    registered = {model._meta.label for model in admin.site._registry}

    assert registered == set(PAGES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("label", PAGES)
def test_pages_of_a_register_open_for_its_roles_only(label, role, client_of):
    page = PAGES[label]
    record = page.make()
    client = client_of(role)

    answers = {
        "list": client.get(admin_url(label, "changelist")).status_code,
        "add": client.get(admin_url(label, "add")).status_code,
        "view": client.get(admin_url(label, "change", record.pk)).status_code,
        "history": client.get(admin_url(label, "history", record.pk)).status_code,
        "save": client.post(admin_url(label, "change", record.pk), {}).status_code,
        "delete": client.post(admin_url(label, "delete", record.pk)).status_code,
    }

    seen = 200 if role in page.view else 403
    assert answers == {
        "list": seen,
        "add": 200 if role in page.add else 403,
        "view": seen,
        "history": seen,
        "save": 200 if role in page.change else 403,
        "delete": 403,
    }


@pytest.mark.parametrize("label", PAGES)
def test_stranger_is_refused(label, signed_in, stranger):
    response = signed_in(stranger).get(admin_url(label, "changelist"))

    assert response.status_code == 403


@pytest.mark.parametrize("label", PAGES)
def test_nobody_is_led_to_sign_in(label):
    response = Client().get(admin_url(label, "changelist"), follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("label", PAGES)
def test_list_costs_the_same_for_three_rows(
    label, office, django_assert_max_num_queries
):
    PAGES[label].make()
    with django_assert_max_num_queries(50) as few:
        office.get(admin_url(label, "changelist"))
    PAGES[label].make()
    PAGES[label].make()

    with django_assert_max_num_queries(50) as many:
        response = office.get(admin_url(label, "changelist"))

    assert response.status_code == 200
    assert len(many) == len(few)


@pytest.mark.parametrize("label", PAGES)
def test_list_has_no_bulk_delete(label, office):
    record = PAGES[label].make()

    office.post(
        admin_url(label, "changelist"),
        {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"},
    )

    assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("label", PAGES)
def test_list_filters_only_by_what_it_offers(label, office):
    response = office.get(admin_url(label, "changelist"), {"pk__gt": "0"})

    assert response.status_code == 400


@pytest.mark.parametrize("label", PAGES)
@pytest.mark.parametrize(
    "query", ["p=99999999999999999999", "p=abc", "o=9.9", "all=", "q=%27%22%25"]
)
def test_list_survives_odd_queries(label, query, office):
    PAGES[label].make()

    response = office.get(f"{admin_url(label, 'changelist')}?{query}", follow=True)

    assert response.status_code == 200
