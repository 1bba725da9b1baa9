"""The command that looks whether everything answers."""

import pytest
import time_machine
from celery import current_app
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_doctor_on_a_sound_portal_finds_no_fault(capsys):
    call_command("doctor")

    assert "FAULT" not in capsys.readouterr().out


def test_doctor_with_a_dead_broker_names_it_and_checks_the_rest(capsys, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    with pytest.raises(CommandError, match="1 of 7"):
        call_command("doctor")

    output = capsys.readouterr().out
    assert "FAULT  broker" in output
    assert "ok     media folder" in output


@time_machine.travel("2026-10-31 10:00 +0800")
def test_doctor_before_november_does_not_ask_for_the_next_year(capsys):
    call_command("doctor")

    assert "ok     working days" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("moment", "years"),
    [
        ("2028-11-01 00:30 +0800", "2028, 2029"),
        ("2028-10-31 23:30 +0800", "2028"),
    ],
    ids=["november", "october"],
)
def test_doctor_without_a_calendar_warns_and_does_not_fail(capsys, moment, years):
    with time_machine.travel(moment):
        call_command("doctor")

    assert f"warn   working days: no holidays of {years}:" in capsys.readouterr().out
