"""Pages that machines ask for."""

from datetime import datetime, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone


def test_healthz_answers_without_the_database():
    response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_robots_keeps_search_engines_from_personal_pages():
    lines = Client().get("/robots.txt").content.decode().splitlines()

    assert {"Disallow: /me/", "Disallow: /desk/", "Disallow: /reports/"} <= set(lines)


def test_security_txt_names_contact_and_expiry(settings):
    settings.SECURITY_CONTACT = "mailto:security@example.invalid"

    response = Client().get("/.well-known/security.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(
        line.split(": ", 1) for line in response.content.decode().split("\n")[:-1]
    )
    left = datetime.fromisoformat(fields.pop("Expires")) - timezone.now()
    assert timedelta(days=170) < left < timedelta(days=365)
    assert fields == {
        "Contact": "mailto:security@example.invalid",
        "Preferred-Languages": "zh, en",
        "Canonical": "http://testserver/.well-known/security.txt",
    }


def test_security_contact_is_the_sender_by_default():
    assert settings.SECURITY_CONTACT == "mailto:portal@localhost"
