"""The environment of the embedded run: what its programs find as settings."""

import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from scripts.embedded_broker import broker_url, cache_url
from scripts.embedded_secrets import demo_password, secret_key

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked for by HOST


class Place(NamedTuple):
    """Where a run keeps its files and where it listens."""

    var: Path
    host: str
    port: int

    @property
    def database(self) -> Path:
        return self.var / "portal.sqlite3"

    @property
    def outbox(self) -> Path:
        return self.var / "outbox"

    @property
    def visitor_host(self) -> str:
        """The host a browser on this machine uses."""
        return EVERYWHERE.get(self.host, self.host)

    @property
    def url(self) -> str:
        return f"http://{bracketed(self.visitor_host)}:{self.port}"

    @property
    def bind(self) -> str:
        return f"{bracketed(self.host)}:{self.port}"


def bracketed(host: str) -> str:
    """The host as URLs write it."""
    return f"[{host}]" if ":" in host else host


def uses_embedded_database() -> bool:
    return not os.environ.get("DATABASE_URL")


def uses_embedded_broker() -> bool:
    return not os.environ.get("CELERY_BROKER_URL")


def uses_outbox() -> bool:
    return not os.environ.get("EMAIL_URL")


def embedded_environment(place: Place, socket: Path) -> dict[str, str]:
    """The environment of all programs of the run.

    What the user set in the environment wins; a .env file meant for another
    set-up does not, hence a value for everything that matters. DEBUG stays off.
    """
    given = {name: value for name, value in os.environ.items() if value}
    return {
        **_chosen(place, socket),
        **given,
        "DEBUG": "0",
        "ALLOWED_HOSTS": _allowed_hosts(place, given.get("ALLOWED_HOSTS", "")),
        "DEMO_PASSWORD": demo_password(place.var),
        "DJANGO_SETTINGS_MODULE": "xiangcheng_portal.settings",
        "PYTHONUNBUFFERED": "1",
    }


def _chosen(place: Place, socket: Path) -> dict[str, str]:
    return {
        "SECRET_KEY": secret_key(place.var),
        "DATABASE_URL": f"sqlite:///{quote(str(place.database))}",
        "CELERY_BROKER_URL": broker_url(socket),
        "REDIS_URL": cache_url(socket),
        "SITE_URL": place.url,
        "CSRF_TRUSTED_ORIGINS": place.url,
        "EMAIL_URL": "filemail://",
        "LOG_FORMAT": "line",
        "MAIL_OUTBOX": str(place.outbox),
        "MEDIA_ROOT": str(place.var / "media"),
        "STATIC_ROOT": str(place.var / "static"),
    }


def _allowed_hosts(place: Place, given: str) -> str:
    """This machine, the host listened on, and what the user adds."""
    hosts = ["127.0.0.1", "localhost", bracketed(place.visitor_host), given]
    return ",".join(dict.fromkeys(host for host in hosts if host))
