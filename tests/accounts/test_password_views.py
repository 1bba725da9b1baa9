"""A forgotten password, by mail."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
RESET = reverse("account_reset_password")
NEW = "lantern-Ufer-82"


@pytest.fixture
def forgetful(db):
    """A person who forgot the password."""
    person = UserFactory(username="linmei", email="lin@example.invalid")
    person.set_password("bamboo-Fluss-71")
    person.save()
    return person


def link_in(mail):
    return re.search(r"http://testserver(\S+)", mail.body)[1]


def choose(client, link, password):
    form_url = client.get(link, follow=True).request["PATH_INFO"]
    return client.post(form_url, {"password1": password, "password2": password})


def test_password_reset_sends_one_mail(client, forgetful, mailoutbox):
    response = client.post(RESET, {"email": "LIN@example.invalid"})

    assert response.url == reverse("account_reset_password_done")
    assert [mail.to for mail in mailoutbox] == [["lin@example.invalid"]]
    assert mailoutbox[0].subject.startswith("【芗城创城】")


def test_password_reset_without_a_mail_server_asks_to_come_back(
    client, forgetful, settings
):
    settings.EMAIL_BACKEND = "tests.accounts.mail_servers.UnreachableBackend"
    client.raise_request_exception = False

    response = client.post(RESET, {"email": forgetful.email})

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "请稍后再试" in response.content.decode()


def test_password_reset_link_sets_a_new_password(client, forgetful, mailoutbox):
    client.post(RESET, {"email": forgetful.email})

    choose(client, link_in(mailoutbox[0]), NEW)

    assert User.objects.get().check_password(NEW)
    login = {"login": "linmei", "password": NEW}
    assert client.post(reverse("account_login"), login).status_code == 302


def test_password_reset_link_works_once(client, forgetful, mailoutbox):
    client.post(RESET, {"email": forgetful.email})
    link = link_in(mailoutbox[0])
    choose(client, link, NEW)

    page = client.get(link, follow=True).content.decode()

    assert "链接已失效" in page


@pytest.mark.parametrize("password", ["12345678", "short", "linmei"])
def test_password_reset_refuses_a_weak_password(
    password, client, forgetful, mailoutbox
):
    client.post(RESET, {"email": forgetful.email})

    response = choose(client, link_in(mailoutbox[0]), password)

    assert bool(response.context["form"].errors)
    assert not User.objects.get().check_password(password)


def test_password_reset_of_an_unknown_address_tells_nothing(client, forgetful):
    answers = [
        client.post(RESET, {"email": email}).url
        for email in (forgetful.email, "nobody@example.invalid")
    ]

    assert answers == [reverse("account_reset_password_done")] * 2


def test_password_reset_link_names_the_portal_not_the_host(
    client, forgetful, mailoutbox, settings
):
    settings.ALLOWED_HOSTS = ["testserver", "elsewhere.example"]

    client.post(
        RESET, {"email": forgetful.email}, headers={"host": "elsewhere.example"}
    )

    body = mailoutbox[0].body
    assert ("elsewhere.example" in body, "http://testserver/" in body) == (False, True)


def test_password_mail_of_an_unknown_address_names_the_portal(client, mailoutbox):
    client.post(
        RESET, {"email": "nobody@example.invalid"}, headers={"host": "localhost"}
    )

    body = mailoutbox[0].body
    assert ("localhost" in body, "http://testserver/" in body) == (False, True)
    assert body.startswith("您好：")


def test_password_reset_for_an_unknown_host_is_refused(client, forgetful):
    response = client.post(
        RESET, {"email": forgetful.email}, headers={"host": "unknown.example"}
    )

    assert response.status_code == 400


def test_mails_of_accounts_speak_our_chinese(client, forgetful, mailoutbox):
    client.post(RESET, {"email": forgetful.email})
    client.post(RESET, {"email": "nobody@example.invalid"})

    assert [mail.subject for mail in mailoutbox] == [
        "【芗城创城】重设密码",
        "【芗城创城】这个邮箱没有账号",
    ]
    assert "如果不是您申请的，不用理会这封邮件，密码不会改变。" in mailoutbox[0].body
    assert "请换一个邮箱再试" in mailoutbox[1].body
