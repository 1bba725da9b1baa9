"""Switching a kind off by the link in a message, without signing in."""

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from accounts.models import ChannelChoice
from accounts.notifications.unsubscribing import footer_for, headers_for, token_for
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def person(db):
    """To whom the message went."""
    return UserFactory()


def page_for(person, kind="shift_reminder", channel="mail"):
    return reverse("accounts:unsubscribe", args=[token_for(person, kind, channel)])


def choices():
    rows = ChannelChoice.objects.values_list("user_id", "kind", "channel", "is_on")
    return list(rows)


def test_headers_for_name_the_address_and_the_click(person):
    assert headers_for(person, "shift_reminder", "mail") == {
        "List-Unsubscribe": f"<http://testserver{page_for(person)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@pytest.mark.parametrize("kind", ["shift_cancelled", "nobody_registers_this"])
def test_headers_for_what_cannot_be_switched_off_are_none(kind, person):
    assert headers_for(person, kind, "mail") == {}


def test_footer_for_tells_how_to_get_it_no_more(person):
    first, second = footer_for(person, "shift_reminder", "mail").splitlines()

    assert first == f"不再接收“活动提醒”：http://testserver{page_for(person)}"
    assert second == "选择接收哪些消息：http://testserver/me/messages/"


@pytest.mark.parametrize("kind", ["shift_cancelled", "digest"])
def test_footer_for_others_leads_to_the_choices(kind, person):
    assert footer_for(person, kind, "mail").splitlines() == [
        "选择接收哪些消息：http://testserver/me/messages/"
    ]


def test_unsubscribe_asks_before_it_switches_off(client, person):
    response = client.get(page_for(person))

    page = response.content.decode()
    assert "“活动提醒”不再通过邮件发给您" in page
    assert str(person) not in page
    assert (choices(), response["Cache-Control"]) == ([], "no-store, private")
    # Neither the proxy's log nor another server learns the address of the page.
    assert response["Referrer-Policy"] == "strict-origin"


def test_unsubscribe_takes_the_click_of_a_mail_program(person):
    machine = Client(enforce_csrf_checks=True)

    response = machine.post(page_for(person), ONE_CLICK)

    assert response.status_code == 200
    assert choices() == [(person.pk, "shift_reminder", "mail", False)]


def test_unsubscribe_again_says_the_same(client, person):
    pages = [client.post(page_for(person), ONE_CLICK) for _click in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "不再通过邮件发给您" in pages[1].content.decode()
    assert len(choices()) == 1


def test_unsubscribe_of_a_digest_switches_the_digest_off(client, person):
    client.post(page_for(person, kind="digest"), ONE_CLICK)

    assert choices() == [(person.pk, "digest", "mail", False)]


@pytest.mark.parametrize("data", [{}, {"List-Unsubscribe": "no"}], ids=str)
def test_unsubscribe_by_another_body_does_nothing(data, client, person):
    assert client.post(page_for(person), data).status_code == 422

    assert choices() == []


def test_unsubscribe_of_what_must_arrive_says_so(client, person):
    response = client.post(page_for(person, kind="shift_cancelled"), ONE_CLICK)

    assert "这类消息一定送达" in response.content.decode()
    assert choices() == []


def _forged(person):
    return [
        token_for(person, "shift_reminder", "mail")[:-1] + "!",
        Signer(salt="another", sep=".").sign_object([person.pk, "test", "mail"]),
        token_for(person, "nobody_registers_this", "mail"),
        token_for(person, "shift_reminder", "pigeon"),
        token_for(UserFactory(is_active=False), "shift_reminder", "mail"),
        "x",
    ]


@pytest.mark.parametrize("number", range(6))
def test_unsubscribe_by_an_address_that_does_not_hold_is_404(number, client, person):
    url = reverse("accounts:unsubscribe", args=[_forged(person)[number]])

    answers = [client.get(url), client.post(url, ONE_CLICK)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert choices() == []
