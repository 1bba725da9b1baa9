"""No answer leaves without the content policy, whoever gives it."""

import os
from pathlib import Path

import pytest
from django.test import Client

from core.middleware import MAX_BODY_BYTES
from tests.sweep.policy import policy_faults

MACHINE_PAGES = (
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/manifest.webmanifest",
    "/service-worker.js",
    "/.well-known/security.txt",
    "/no/such/page/",
    "/desk/",
    "/communities/?text=%00",
)


@pytest.mark.parametrize(
    ("path", "status"), [("/static/probe.css", 200), ("/static/none.css", 404)]
)
def test_static_file_carries_the_policy(path, status, settings, tmp_path):
    settings.STATIC_ROOT = os.fspath(tmp_path)
    Path(tmp_path, "probe.css").write_text("p { color: red }", "utf-8")

    response = Client().get(path)  # a new client reads the folder anew

    b"".join(response)
    assert (response.status_code, policy_faults(response.headers)) == (status, [])


def test_refusal_of_a_long_body_carries_the_policy():
    response = Client().post("/", CONTENT_LENGTH=str(MAX_BODY_BYTES + 1))

    assert (response.status_code, policy_faults(response.headers)) == (413, [])


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("path", MACHINE_PAGES)
def test_page_for_machines_carries_the_policy(path):
    response = Client().get(path)

    assert policy_faults(response.headers) == []


@pytest.mark.parametrize(
    ("policy", "fault"),
    [
        ("", "no content policy"),
        ("default-src 'self'; script-src 'self' 'unsafe-inline'", "unsafe-inline"),
        ("default-src 'self'; script-src https://example.invalid", "example.invalid"),
        ("script-src 'self'", "default-src"),
    ],
)
def test_weak_policy_is_named(policy, fault):
    [found] = policy_faults({"Content-Security-Policy": policy})

    assert fault in found
