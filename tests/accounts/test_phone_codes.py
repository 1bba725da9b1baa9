"""Codes by SMS that prove a phone, with a gateway that works and one that fails."""

import re
from datetime import timedelta

import pytest
from allauth.core.ratelimit import consume
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.accounts.http_servers import free_port, hangs_up, http_server, says
from tests.accounts.test_signup_views import SIGNUP, filled
from tests.factories.accounts import UserFactory
from xiangcheng_portal import settings as portal

pytestmark = pytest.mark.django_db
VERIFY = reverse("account_verify_phone")
CHANGE = reverse("account_change_phone")
NOT_SENT = "验证码短信没有发出，请过几分钟再试，或联系工作人员。"


@pytest.fixture(autouse=True)
def _phones_are_verified(settings):
    settings.ACCOUNT_PHONE_VERIFICATION_ENABLED = True
    settings.SMS_TOKEN = "token-8341"


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_signup_sends_a_code_that_proves_the_phone(client, settings):
    with http_server(says({"ok": True})) as server:
        settings.SMS_URL = server.origin
        response = client.post(SIGNUP, filled())

    [request] = server.requests
    assert (response.status_code, response.url) == (302, VERIFY)
    assert request.values["phone"] == "+8613800000001"
    code = re.search(r"\d{6}", request.values["text"])[0]
    client.post(VERIFY, {"code": code, "action": "verify"})
    assert User.objects.get().phone_verified_at is not None


def test_signup_while_the_gateway_is_down_leads_to_signing_in(client, settings, caplog):
    settings.SMS_URL = f"http://127.0.0.1:{free_port()}/?key=secret-key"

    response = client.post(SIGNUP, filled())

    assert (response.status_code, response.url) == (302, reverse("account_login"))
    assert said(response) == [NOT_SENT]
    assert User.objects.get().phone_verified_at is None
    assert "secret-key" not in caplog.text
    assert "13800000001" not in caplog.text


@pytest.mark.parametrize("status", [400, 401, 429, 503])
def test_change_of_phone_refused_by_the_gateway_says_so(signed_in, settings, status):
    with http_server(says({}, status=status)) as server:
        settings.SMS_URL = server.origin
        client = signed_in(UserFactory())
        response = client.post(CHANGE, {"phone": "13800000002"}, follow=True)

    assert response.redirect_chain[-1] == (CHANGE, 302)
    assert response.status_code == 200
    assert NOT_SENT in response.content.decode()


def test_signup_with_lost_answer_asks_for_the_code(client, settings):
    with http_server(hangs_up) as server:
        settings.SMS_URL = server.origin
        response = client.post(SIGNUP, filled())

    assert response.url == VERIFY


def test_signup_without_gateway_mails_the_code(client, mailoutbox):
    client.post(SIGNUP, filled())

    assert re.search(r"\d{6}", mailoutbox[0].body)


def test_codes_to_one_phone_are_ten_a_day_from_wherever(rf, settings, time_machine):
    settings.ACCOUNT_RATE_LIMITS = portal.ACCOUNT_RATE_LIMITS
    start = timezone.now()
    given = 0
    for hour in range(24):
        time_machine.move_to(start + timedelta(hours=hour), tick=False)
        request = rf.post(SIGNUP, REMOTE_ADDR=f"203.0.113.{hour}")
        given += consume(request, action="verify_phone", key="+8613800000001")

    assert given == 10
