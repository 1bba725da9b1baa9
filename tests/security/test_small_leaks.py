"""Small ways in which personal data or people could end up elsewhere."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.test import RequestFactory
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications.sending import deliver_due
from campaigns.models import Activity
from core.redirects import safe_path
from core.uploads import save_private
from tests.factories.accounts import NotificationFactory
from tests.factories.campaigns import EvidenceFactory


@pytest.fixture
def refusing_server(monkeypatch):
    """A mail server that names the person it refuses."""

    def refuse(message):
        [address] = message.to
        refusal = (550, f"no <{address}> here".encode())
        raise smtplib.SMTPRecipientsRefused({address: refusal})

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)


@pytest.mark.django_db
@pytest.mark.usefixtures("refusing_server")
def test_refused_address_is_not_kept_with_the_error_nor_logged(caplog):
    row = NotificationFactory(
        recipient__email="zhangsan@example.invalid",
        outbox_state=Notification.OutboxState.DUE,
    )
    noon = timezone.localtime() + timedelta(days=1)

    deliver_due(now=noon.replace(hour=12))

    error = row.deliveries.get().error
    assert "550" in error
    assert "zhangsan" not in error + caplog.text


@pytest.mark.parametrize(
    "url", ["http://testserver//evil.example/x", "http://testserver/\\evil.example"]
)
def test_path_that_reads_like_a_host_is_not_followed(url):
    request = RequestFactory().get("/")

    assert safe_path(request, url) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "cache_control"),
    [
        (Activity.State.APPROVED, "private, max-age=3600"),
        (Activity.State.SUBMITTED, "private, no-store"),
    ],
)
def test_browser_keeps_only_photos_everybody_may_see(
    signed_in, unit_official, organization, settings, tmp_path, state, cache_control
):
    settings.MEDIA_ROOT = tmp_path
    photo = EvidenceFactory(
        activity__state=state,
        activity__organization=organization,
        file__path=save_private(b"pixels", "evidence", "jpg"),
    )

    response = signed_in(unit_official).get(photo.url)

    assert b"".join(response) == b"pixels"
    assert response["Cache-Control"] == cache_control
