"""The command that looks whether everything answers."""

import pytest
from celery import current_app
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_doctor_on_a_sound_portal_finds_no_fault(capsys):
    call_command("doctor")

    assert "FAULT" not in capsys.readouterr().out


def test_doctor_with_a_dead_broker_names_it_and_checks_the_rest(capsys, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    with pytest.raises(CommandError, match="1 of 5"):
        call_command("doctor")

    output = capsys.readouterr().out
    assert "FAULT  broker" in output
    assert "ok     media folder" in output
