import socket

import pytest

from scripts.console import Refusal
from scripts.ports import ensure_free, free_port, parse_port


@pytest.mark.parametrize("text", ["1", "8000", "65535"])
def test_parse_port_in_range_returns_number(text):
    assert parse_port(text) == int(text)


@pytest.mark.parametrize(
    "text", ["0", "65536", "x", "-1", "80 ", "8_0", "\uff18\uff10"]
)
def test_parse_port_no_port_refused(text):
    with pytest.raises(Refusal, match="PORT must be a number from 1 to 65535"):
        parse_port(text)


def test_ensure_free_taken_port_refused():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        with pytest.raises(Refusal, match=f"Port {port} on 127.0.0.1 is taken"):
            ensure_free("127.0.0.1", port)


def test_ensure_free_port_taken_on_all_addresses_refused():
    with socket.create_server(("0.0.0.0", 0)) as server:
        port = server.getsockname()[1]

        with pytest.raises(Refusal, match="is taken"):
            ensure_free("127.0.0.1", port)


def test_ensure_free_foreign_host_refused():
    with pytest.raises(Refusal, match="on 203.0.113.1 cannot be used"):
        ensure_free("203.0.113.1", free_port())


def test_free_port_can_be_listened_on():
    ensure_free("127.0.0.1", free_port())
