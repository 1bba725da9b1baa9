from pathlib import Path

import pytest

from scripts.clean_environment import SETTINGS
from scripts.embedded_settings import Place, embedded_environment

SOCKET = Path("/run/broker.sock")


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def place(tmp_path):
    return Place(var=tmp_path, host="127.0.0.1", port=8123)


def test_embedded_environment_names_address_and_folders(place, tmp_path):
    environment = embedded_environment(place, SOCKET)

    assert environment["DEBUG"] == "0"
    assert environment["SITE_URL"] == "http://127.0.0.1:8123"
    assert environment["ALLOWED_HOSTS"] == "127.0.0.1,localhost"
    assert environment["DATABASE_URL"] == f"sqlite:///{tmp_path}/portal.sqlite3"
    assert environment["MAIL_OUTBOX"] == f"{tmp_path}/outbox"


def test_embedded_environment_given_values_win_except_debug(place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://127.0.0.1/portal")
    monkeypatch.setenv("ALLOWED_HOSTS", "portal.test")
    monkeypatch.setenv("DEBUG", "1")

    environment = embedded_environment(place, SOCKET)

    assert environment["DATABASE_URL"] == "postgres://127.0.0.1/portal"
    assert environment["ALLOWED_HOSTS"] == "127.0.0.1,localhost,portal.test"
    assert environment["DEBUG"] == "0"


def test_embedded_environment_path_with_url_characters_is_quoted(tmp_path):
    place = Place(var=tmp_path / "a b%c", host="127.0.0.1", port=8123)
    place.var.mkdir()

    environment = embedded_environment(place, SOCKET)

    assert environment["DATABASE_URL"].endswith("/a%20b%25c/portal.sqlite3")


@pytest.mark.parametrize(
    ("host", "url", "bind"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123", "127.0.0.1:8123"),
        ("0.0.0.0", "http://127.0.0.1:8123", "0.0.0.0:8123"),
        ("::1", "http://[::1]:8123", "[::1]:8123"),
        ("portal.test", "http://portal.test:8123", "portal.test:8123"),
    ],
)
def test_place_url_and_bind(tmp_path, host, url, bind):
    place = Place(var=tmp_path, host=host, port=8123)

    assert (place.url, place.bind) == (url, bind)
