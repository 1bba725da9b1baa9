"""The front page: where it leads whom first."""

import pytest
from django.urls import reverse

from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db
HOME, DESK = reverse("home"), reverse("reports:desk")
SHIFTS, OWN = reverse("volunteers:shift_list"), reverse("volunteers:me")


def first_deed(response) -> str:
    """Address of the one primary button."""
    page = response.content.decode()
    (button,) = page.split('<a class="btn btn--primary" href="')[1:]
    return button.split('"')[0]


def test_home_leads_a_visitor_to_the_shifts(client):
    assert first_deed(client.get(HOME)) == SHIFTS


def test_home_leads_a_volunteer_to_the_shifts_and_their_own(signed_in):
    response = signed_in(VolunteerFactory().user).get(HOME)

    assert first_deed(response) == SHIFTS
    assert f'<a class="btn" href="{OWN}">' in response.content.decode()


def test_home_leads_an_official_to_the_desk(signed_in, unit_official):
    assert first_deed(signed_in(unit_official).get(HOME)) == DESK
