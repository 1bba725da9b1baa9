"""The programs of the embedded run and their options."""

import os

from scripts.embedded_settings import Place
from scripts.layout import PYTHON

STOP_WITHIN_SECONDS = "8"


def broker(socket) -> list:
    return [PYTHON, "-m", "scripts.embedded_broker", socket]


def preparation() -> list:
    return [PYTHON, "manage.py", "prepare_embedded"]


def web_server(place: Place) -> list:
    """gunicorn; preloading spends the start-up of Django once, not per worker."""
    return [
        *(PYTHON, "-m", "gunicorn", "xiangcheng_portal.wsgi:application"),
        *("--bind", place.bind),
        *("--worker-class", "gthread"),
        *("--workers", os.environ.get("WEB_CONCURRENCY") or "2"),
        *("--threads", "8"),
        *("--graceful-timeout", STOP_WITHIN_SECONDS),
        "--preload",
        "--no-control-socket",
    ]


def worker(place: Place) -> list:
    """One Celery worker with beat inside; there is nobody to gossip with."""
    return [
        *(PYTHON, "-m", "celery", "-A", "xiangcheng_portal", "worker", "-B"),
        *("--concurrency", "1"),
        *("--loglevel", os.environ.get("LOG_LEVEL") or "INFO"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]
