"""Links in mails lead to SITE_URL, whatever host the visitor named."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

SIGN_UP = {
    "display_name": "示例人员",
    "email": "new@example.invalid",
    "age_band": "18-59",
    "password1": "kavu-mire-tobe-9",
    "password2": "kavu-mire-tobe-9",
    "consent": "on",
}


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("account_reset_password", {"email": "known@example.invalid"}),
        ("account_reset_password", {"email": "unknown@example.invalid"}),
        ("account_signup", SIGN_UP),
    ],
    ids=["reset", "reset of nobody", "sign-up"],
)
def test_mail_sent_for_another_host_names_the_site(client, settings, page, data):
    settings.SITE_URL = "https://portal.example.cn"
    UserFactory(email="known@example.invalid")

    client.post(reverse(page), data, headers={"host": "localhost:666"})

    [message] = mail.outbox
    hosts = re.findall(r"https?://[^/]+", message.body)
    assert hosts == ["https://portal.example.cn"]
    assert "localhost" not in message.body
