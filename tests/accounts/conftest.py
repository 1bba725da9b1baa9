"""What the tests of accounts may ask for."""

import pytest
from celery import Celery

from core import doorbell


@pytest.fixture
def dead_broker(monkeypatch):
    """A broker's address at which nobody answers."""
    app = Celery("dead", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_write_url = "redis://127.0.0.1:1/0"  # the environment names another
    monkeypatch.setattr(doorbell, "current_app", app)
    monkeypatch.setattr(doorbell, "_bell", doorbell.Bell(doorbell.BrokerLine()))
