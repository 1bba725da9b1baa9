"""Posting to servers that fail in every way."""

import logging
import socket
import threading
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone

from accounts.channels import http
from accounts.channels.base import Refused, Unavailable, Unclear
from accounts.channels.http import NoConnection, Timeouts, post_json
from tests.accounts.http_servers import (
    drips,
    drips_body,
    free_port,
    hangs_up,
    hangs_up_half_way,
    http_server,
    says,
    says_bytes,
    says_nothing,
)
from tests.accounts.tls_servers import tls_server

SHORT = Timeouts(connect=0.3, answer=0.3)
KEY = "key-nobody-may-read"


def post(origin, **options):
    return post_json(f"{origin}/send?key={KEY}", {"a": "甲"}, timeouts=SHORT, **options)


def test_post_taken_returns_the_answer():
    with http_server(says({"ok": True})) as server:
        answer = post(server.origin, token="secret-token")

    [request] = server.requests
    assert answer == {"ok": True}
    assert (request.path, request.values) == (f"/send?key={KEY}", {"a": "甲"})
    assert request.headers["authorization"] == "Bearer secret-token"
    assert request.headers["host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize(
    ("way", "error"),
    [
        pytest.param(hangs_up, Unclear, id="hangs up after reading"),
        pytest.param(hangs_up_half_way, Unclear, id="hangs up half way"),
        pytest.param(says_nothing, Unclear, id="never answers"),
        pytest.param(drips, Unclear, id="drips headers"),
        pytest.param(drips_body, Unclear, id="drips a body"),
        pytest.param(says_bytes(b"<html>ok</html>"), Unclear, id="a page"),
        pytest.param(says_bytes(b"\xff\x00"), Unclear, id="garbage"),
        pytest.param(says([1]), Unclear, id="no object"),
        pytest.param(says_bytes(b"[" * 60_000), Unclear, id="deep"),
        pytest.param(says_bytes(b" " * 10_000_000 + b"{}"), Unclear, id="10 MB"),
        pytest.param(says({}, status=500), Unclear, id="500"),
        pytest.param(says({}, status=502), Unclear, id="502"),
        pytest.param(says({}, status=503), Unavailable, id="503"),
        pytest.param(says({}, status=429), Unavailable, id="429"),
        pytest.param(says({}, status=400), Refused, id="400"),
        pytest.param(says({}, status=401), Refused, id="401"),
        pytest.param(says({}, status=403), Refused, id="403"),
    ],
)
def test_post_ending_badly_says_how_and_no_address(way, error, caplog):
    caplog.set_level(logging.DEBUG)

    with http_server(way) as server, pytest.raises(error) as caught:
        post(server.origin, token=KEY)

    assert KEY not in f"{caught.value} {caught.value.__cause__} {caplog.text}"
    assert str(server.port) not in f"{caught.value} {caplog.text}"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_post_dripped_at_ends_in_time():
    start = timezone.now()

    with http_server(drips) as server, pytest.raises(Unclear):
        post(server.origin)

    assert timezone.now() - start < timedelta(seconds=0.8)


def test_post_redirected_is_refused_and_not_followed():
    with http_server() as elsewhere:
        way = says({}, status=301, Location=f"{elsewhere.origin}/")
        with http_server(way) as server, pytest.raises(Refused):
            post(server.origin)

    assert elsewhere.connections == 0


def test_post_to_closed_port_finds_no_connection():
    with pytest.raises(NoConnection):
        post(f"http://127.0.0.1:{free_port()}")


def test_post_to_unknown_name_finds_no_connection():
    with pytest.raises(NoConnection):
        post("https://portal.invalid")


def test_post_while_the_resolver_hangs_ends_in_time(monkeypatch):
    is_over = threading.Event()

    def hang(*args, **more):
        is_over.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    start = time.monotonic()

    with pytest.raises(NoConnection):
        post("https://gateway.invalid")

    assert time.monotonic() - start < 2
    is_over.set()


def test_tls_post_to_plain_port_finds_no_connection():
    with http_server() as server, pytest.raises(NoConnection) as caught:
        post(f"https://127.0.0.1:{server.port}")

    assert "加密连接" in str(caught.value)


def test_tls_post_is_sent_where_the_system_trusts_the_server(monkeypatch, tmp_path):
    with tls_server(folder=tmp_path, address="127.0.0.1") as (server, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        answer = post(f"https://127.0.0.1:{server.port}")

    assert answer == {"ok": True}


def test_tls_post_dripped_at_ends_in_time(monkeypatch, tmp_path):
    start = timezone.now()

    with tls_server(drips, folder=tmp_path, address="127.0.0.1") as (server, pem):
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        with pytest.raises(Unclear):
            post(f"https://127.0.0.1:{server.port}")

    assert timezone.now() - start < timedelta(seconds=0.8)


def test_tls_post_to_server_nobody_trusts_is_not_sent(tmp_path):
    with (
        tls_server(folder=tmp_path, address="127.0.0.1") as (server, _certificate),
        pytest.raises(NoConnection, match="证书"),
    ):
        post(f"https://127.0.0.1:{server.port}")

    assert server.requests == []


def test_tls_post_to_server_of_another_name_is_not_sent(monkeypatch, tmp_path):
    with tls_server(folder=tmp_path, address="192.0.2.1") as (server, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(NoConnection, match="证书"):
            post(f"https://127.0.0.1:{server.port}")

    assert server.requests == []


def test_post_without_root_certificates_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))

    with http_server() as server, pytest.raises(NoConnection) as caught:
        post(f"https://127.0.0.1:{server.port}")

    assert "ca-certificates" in str(caught.value)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.8", "169.254.169.254", "[::1]"]
)
def test_public_post_to_inner_address_is_refused_unconnected(host):
    with http_server() as server, pytest.raises(Refused):
        post(f"http://{host}:{server.port}", public_only=True)

    assert server.connections == 0


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("1", http.LEAST_WAIT),
        ("9" * 30, http.MOST_WAIT),
        ("-5", None),
        ("soon", None),
        ("Mon, 01 Jan 0001 00:00:00 -2359", http.LEAST_WAIT),
    ],
)
def test_retry_after_in_seconds_is_kept_in_bounds(retry_after, wait):
    way = says({}, status=429, Retry_After=retry_after)

    with http_server(way) as server, pytest.raises(Unavailable) as caught:
        post(server.origin)

    assert caught.value.wait == wait


def test_retry_after_as_date_is_time_until_then():
    moment = format_datetime(timezone.now() + timedelta(minutes=10))

    with (
        http_server(says({}, status=503, Retry_After=moment)) as server,
        pytest.raises(Unavailable) as caught,
    ):
        post(server.origin)

    assert timedelta(minutes=9) < caught.value.wait <= timedelta(minutes=10)
