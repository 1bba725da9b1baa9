"""SMS through a gateway."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.channels.base import Envelope, Refused, Unavailable, Unreachable
from accounts.channels.sms import SmsChannel
from accounts.models import User
from tests.accounts.http_servers import (
    free_port,
    hangs_up,
    http_server,
    says,
    says_bytes,
)

PHONE = "+8613800138000"
TAKEN = {"ok": True}


def envelope(**values):
    user = User(username="u1", display_name="示例人", phone=PHONE)
    texts = {"title": "班次取消", "body": "明天的班次\n已取消。", "url": ""}
    return Envelope(key="notification-7", kind="test", user=user, **texts | values)


def send(settings, origin, **values):
    settings.SMS_URL, settings.SMS_TOKEN = f"{origin}/send", "token-8341"
    with SmsChannel().open() as line:
        line.send(envelope(**values))


def test_sms_posts_what_the_contract_says(settings):
    settings.PORTAL_NAME = "示例平台"

    with http_server(says(TAKEN)) as server:
        send(settings, server.origin, url="https://portal.example/me/")

    [request] = server.requests
    assert request.headers["authorization"] == "Bearer token-8341"
    assert request.values == {
        "id": "notification-7",
        "phone": PHONE,
        "sign": "示例平台",
        "text": "班次取消：明天的班次 已取消。 https://portal.example/me/",
    }


def test_sms_of_long_text_is_cut_before_the_link(settings):
    with http_server(says(TAKEN)) as server:
        send(settings, server.origin, body="长" * 500, url="https://portal.example/1")

    text = server.requests[0].values["text"]
    assert len(text) == 300
    assert text.endswith("长… https://portal.example/1")


@pytest.mark.parametrize(
    ("way", "error"),
    [
        pytest.param(hangs_up, Unavailable, id="lost answer"),
        pytest.param(says_bytes(b"<html>"), Unavailable, id="a page"),
        pytest.param(says({}), Unavailable, id="no word"),
        pytest.param(says({"ok": "true"}), Unavailable, id="not a yes"),
        pytest.param(says({}, status=500), Unavailable, id="500"),
        pytest.param(says({}, status=429), Unavailable, id="429"),
        pytest.param(says({}, status=400), Refused, id="400"),
        pytest.param(says({"ok": False}), Refused, id="refused"),
        pytest.param(says({}, status=401), Unreachable, id="401"),
        pytest.param(says({}, status=302, Location="/x"), Unreachable, id="302"),
    ],
)
def test_sms_not_taken_says_what_to_do(settings, way, error):
    with http_server(way) as server, pytest.raises(error) as caught:
        send(settings, server.origin)

    is_of_all = isinstance(caught.value, Unreachable)
    assert is_of_all == (error is Unreachable)


def test_sms_without_gateway_waits_with_all_the_others(settings):
    with pytest.raises(Unreachable):
        send(settings, f"http://127.0.0.1:{free_port()}")


def test_sms_refused_with_the_number_keeps_it_out_of_the_reason(settings):
    answer = {"ok": False, "reason": f"bad\nnumber {PHONE} 13800138000" + "x" * 999}

    with http_server(says(answer)) as server, pytest.raises(Refused) as caught:
        send(settings, server.origin)

    assert "bad number *** ***" in str(caught.value)
    assert "13800138000" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("number 138-0013-8000 is blocked", "短信网关拒收：未说明原因"),
        ("blocked: code 493021 sent", "短信网关拒收：blocked: code *** sent"),
        ("error 1024\x00\ud800\x1b[31m", "短信网关拒收：error 1024[31m"),
    ],
    ids=["other spelling", "text", "what no column holds"],
)
def test_sms_refused_says_nothing_that_must_not_be_kept(settings, reason, said):
    answer = {"ok": False, "reason": reason}

    with http_server(says(answer)) as server, pytest.raises(Refused) as caught:
        send(settings, server.origin, body="验证码493021，请勿告诉他人。")

    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("asks", "verified", "is_active", "address"),
    [
        (False, False, True, PHONE),
        (True, False, True, ""),
        (True, True, True, PHONE),
        (False, False, False, ""),
    ],
)
def test_sms_reaches_active_people_with_a_proved_phone(
    settings, asks, verified, is_active, address
):
    settings.ACCOUNT_PHONE_VERIFICATION_ENABLED = asks
    user = User(phone=PHONE, is_active=is_active)
    user.phone_verified_at = timezone.now() - timedelta(days=1) if verified else None

    assert SmsChannel().address_of(user) == address


def test_sms_reaches_nobody_without_phone():
    user = SimpleNamespace(phone=None, is_active=True, phone_verified_at=None)

    assert SmsChannel().address_of(user) == ""
