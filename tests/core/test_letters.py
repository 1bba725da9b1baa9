"""Large letters, one click away on every page, kept by the browser."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
LARGE = 'data-letters="large"'


def test_letters_become_large_and_usual_again(client):
    seen = []
    for size in ("large", "normal"):
        client.post(reverse("letters"), {"size": size})
        page = client.get(reverse("home")).content.decode()
        seen.append((LARGE in page, 'aria-pressed="true"' in page))

    assert seen == [(True, True), (False, False)]


def test_letters_lead_back_to_the_page_one_was_on(client):
    shifts = reverse("volunteers:shift_list")

    here = client.post(
        reverse("letters"), headers={"referer": f"http://testserver{shifts}?text=a"}
    )
    elsewhere = client.post(
        reverse("letters"), headers={"referer": "https://elsewhere.example/"}
    )

    assert (here["Location"], elsewhere["Location"]) == (f"{shifts}?text=a", "/")


def test_list_asked_again_in_large_letters_is_a_new_page(client):
    shifts = reverse("volunteers:shift_list")
    known = {"if-none-match": client.get(shifts)["ETag"]}
    unchanged = client.get(shifts, headers=known)

    client.post(reverse("letters"), {"size": "large"})

    assert unchanged.status_code == 304
    assert LARGE in client.get(shifts, headers=known).content.decode()
