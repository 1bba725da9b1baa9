"""Head and foot of pages: drawn once for those who see the same."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def header(client):
    """The head of the front page, as a person sees it."""

    def read(user=None):
        if user:
            client.force_login(user)
        page = client.get(reverse("home")).content.decode()
        return page[page.index("<header class") : page.index("</header>")]

    return read


def test_header_of_the_next_person_holds_nothing_of_the_one_before(header):
    header(UserFactory(display_name="示例甲"))

    seen = header(UserFactory(display_name="示例乙"))

    assert ("示例甲" in seen, "示例乙" in seen) == (False, True)


def test_header_holds_the_token_of_its_own_page(client):
    client.force_login(UserFactory())
    for _time in range(2):
        response = client.get(reverse("home"))

        token = str(response.context["csrf_token"])
        assert (
            f'name="csrfmiddlewaretoken" value="{token}"' in response.content.decode()
        )


def test_header_escapes_a_name(header):
    assert "&lt;b&gt;示例" in header(UserFactory(display_name="<b>示例"))


def test_header_marks_the_page_one_is_on(client, header):
    home = header()

    shifts = client.get(reverse("volunteers:shift_list")).content.decode()

    assert 'href="/" aria-current="page"' in home
    assert 'href="/shifts/" aria-current="page"' in shifts
