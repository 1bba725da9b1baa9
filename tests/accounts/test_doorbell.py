"""What a request does with the bell: nothing before commit, nothing that may fail."""

import time

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import Notification
from core import doorbell
from tests.factories.volunteers import SignupFactory
from volunteers.models import Signup


@pytest.fixture
def rung(monkeypatch):
    """The tasks a worker was asked for."""
    names = []
    monkeypatch.setattr(doorbell, "_ring", names.append)
    return names


@pytest.mark.django_db(transaction=True)
def test_ring_waits_for_the_commit(rung):
    with transaction.atomic():
        doorbell.ring("some.task")
        before = list(rung)

    assert (before, rung) == ([], ["some.task"])


@pytest.mark.django_db(transaction=True)
def test_ring_is_silent_after_a_rollback(rung):
    with transaction.atomic():
        doorbell.ring("some.task")
        transaction.set_rollback(True)

    assert rung == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("dead_broker")
def test_request_succeeds_while_the_broker_is_down(signed_in):
    held = SignupFactory()
    waiting = SignupFactory(shift=held.shift, state=Signup.State.WAITLISTED)
    client = signed_in(held.volunteer.user)
    started = time.monotonic()

    response = client.post(reverse("volunteers:signup_cancel", args=[held.pk]))

    assert (response.status_code, time.monotonic() - started < 5) == (302, True)
    told = Notification.objects.get(kind="place_offered")
    assert (told.recipient, told.outbox_state) == (waiting.volunteer.user, "due")
