"""The limit on wrong passwords holds, whatever the guesser does around it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PER_ACCOUNT = 5


@pytest.fixture(autouse=True)
def limited(settings):
    """Only the limit per account, so that the one per address does not help."""
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/300s/key"}
    cache.clear()
    yield
    cache.clear()


def guess(client, login, *, host="testserver"):
    """Try a wrong password; whether it was looked at, or refused unseen."""
    response = client.post(
        reverse("account_login"),
        {"login": login, "password": "wrong-password"},
        headers={"host": host},
    )
    codes = {error.code for error in response.context["form"].non_field_errors().data}
    return "too_many_login_attempts" not in codes


def test_guesses_are_refused_after_five(client):
    user = UserFactory(phone="+8613800138000")

    seen = [guess(client, "13800138000") for _ in range(PER_ACCOUNT + 1)]

    assert user.is_active
    assert seen == [True] * PER_ACCOUNT + [False]


def test_guesses_through_other_ports_of_the_host_are_counted(client):
    UserFactory(phone="+8613800138000")

    seen = [
        guess(client, "13800138000", host=f"testserver:{8000 + number}")
        for number in range(PER_ACCOUNT + 1)
    ]

    assert seen == [True] * PER_ACCOUNT + [False]


def test_guesses_are_remembered_among_those_of_many_others(client):
    for _ in range(PER_ACCOUNT):
        guess(client, "13800138000")

    cache.set_many({f"crowd-{number}": 1 for number in range(1000)})

    assert not guess(client, "13800138000")
