"""The living page shows every component there is, while DEBUG is on alone."""

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

COMPONENTS = settings.BASE_DIR / "templates/components"
# In the frame of every page, and what stands on it by way of another component.
FRAME = {
    "head.html",
    "messages.html",
    "site_header.html",
    "site_footer.html",
    "mark.html",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, settings):
    settings.ROOT_URLCONF = "tests.urls_with_design"
    return client.get("/design/")


def test_page_shows_every_component(page):
    drawn = {template.name for template in page.templates}

    missing = {
        path.name
        for path in COMPONENTS.iterdir()
        if f"components/{path.name}" not in drawn and path.name not in FRAME
    }

    assert (page.status_code, missing) == (200, set())


def test_page_shows_every_colour(page):
    assert {"paper", "ink", "red", "leaf", "river", "amber"} <= set(
        page.context["colours"]
    )


def test_page_is_not_there_in_production():
    with pytest.raises(NoReverseMatch):
        reverse("design")
