"""What holds for every register; who may open which page: test_permission_matrix."""

import pytest
from django.test import Client

from tests.admin.pages import PAGES, admin_url

pytestmark = pytest.mark.django_db


def viewer_of(label):
    """The role through whose eyes a register is looked at: the office, if it may."""
    return "office" if "office" in PAGES[label].view else "committee"


@pytest.mark.parametrize("label", PAGES)
def test_nobody_is_led_to_sign_in(label):
    response = Client().get(admin_url(label, "changelist"), follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("label", PAGES)
def test_list_costs_the_same_for_three_rows(
    label, client_of, django_assert_max_num_queries
):
    viewer = client_of(viewer_of(label))
    PAGES[label].make()
    with django_assert_max_num_queries(50) as few:
        viewer.get(admin_url(label, "changelist"))
    PAGES[label].make()
    PAGES[label].make()

    with django_assert_max_num_queries(50) as many:
        response = viewer.get(admin_url(label, "changelist"))

    assert len(response.context["cl"].result_list) >= 3
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
def test_list_filters_only_by_what_it_offers(label, client_of):
    response = client_of(viewer_of(label)).get(
        admin_url(label, "changelist"), {"pk__gt": "0"}
    )

    assert response.status_code == 400
