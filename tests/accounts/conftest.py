"""What the tests of accounts may ask for."""

import pytest
from celery import Celery

from core import doorbell


@pytest.fixture
def dead_broker(monkeypatch):
    """A broker's address at which nobody answers."""
    app = Celery("dead", broker="redis://127.0.0.1:1/0")
    app.conf.broker_transport_options = {"socket_connect_timeout": 1, "max_retries": 1}
    monkeypatch.setattr(doorbell, "current_app", app)
    monkeypatch.setattr(doorbell, "_silent_until", 0.0)
