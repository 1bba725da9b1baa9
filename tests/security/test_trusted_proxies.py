"""Limits per address count the visitor, with and without a proxy in front."""

import pytest
from django.core.cache import cache
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limited(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "3/m/ip"}
    cache.clear()
    yield
    cache.clear()


def guesses_seen(client, forwarded):
    """For each X-Forwarded-For whether the guess was looked at."""
    seen = []
    for number, chain in enumerate(forwarded):
        response = client.post(
            reverse("account_login"),
            {"login": f"nobody{number}", "password": "wrong-password"},
            headers={"x-forwarded-for": chain},
        )
        errors = response.context["form"].non_field_errors().data
        seen.append({error.code for error in errors} != {"too_many_login_attempts"})
    return seen


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, [f"198.51.100.{n}" for n in range(4)], [True] * 3 + [False]),
        (1, [f"203.0.113.{n}, 198.51.100.1" for n in range(4)], [True] * 3 + [False]),
        (1, [f"198.51.100.{n}" for n in range(4)], [True] * 4),
    ],
    ids=[
        "no proxy: the header is a lie",
        "proxy: only its own word",
        "proxy: visitors",
    ],
)
def test_sprayed_guesses(client, settings, proxies, forwarded, expected):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    assert guesses_seen(client, forwarded) == expected
