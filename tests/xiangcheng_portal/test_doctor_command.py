"""The command that looks whether everything answers."""

from datetime import timedelta

import pytest
import time_machine
from celery import current_app
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.models import PeriodicJob
from core.periodic import intervals
from tests.factories.accounts import NotificationFactory

pytestmark = pytest.mark.django_db


def test_doctor_on_a_sound_portal_finds_no_fault(capsys):
    call_command("doctor")

    assert "FAULT" not in capsys.readouterr().out


def test_doctor_with_a_dead_broker_names_it_and_checks_the_rest(capsys, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    with pytest.raises(CommandError, match="1 of 10"):
        call_command("doctor")

    output = capsys.readouterr().out
    assert "FAULT  broker" in output
    assert "ok     media folder" in output


def told_of(check, capsys):
    """The line of one check."""
    call_command("doctor")
    lines = capsys.readouterr().out.splitlines()
    return next(line for line in lines if line[7:].startswith(f"{check}:"))


def test_doctor_before_a_worker_ran_warns_of_it(capsys):
    assert told_of("periodic jobs", capsys) == (
        "warn   periodic jobs: no periodic job has run yet; start a worker and beat"
    )


@time_machine.travel("2026-10-31 10:00 +0800", tick=False)
def test_doctor_names_the_periodic_jobs_that_are_not_well(capsys):
    now = timezone.now()
    for name in intervals():
        PeriodicJob.objects.create(name=name, finished_at=now - timedelta(seconds=20))
    well = told_of("periodic jobs", capsys)
    job = PeriodicJob.objects.filter(name="accounts.sweep")
    job.update(finished_at=now - timedelta(hours=1))

    ill = told_of("periodic jobs", capsys)

    assert well == "ok     periodic jobs: the last job ended 20 s ago"
    assert ill == (
        "warn   periodic jobs: accounts.sweep late; the last job ended 20 s ago"
    )


@time_machine.travel("2026-10-31 10:00 +0800", tick=False)
def test_doctor_warns_of_messages_that_wait_for_long(capsys):
    moment = timezone.now() - timedelta(hours=1)
    NotificationFactory(outbox_state="due", due_at=moment)

    assert told_of("messages", capsys) == (
        "warn   messages: 1 due, the oldest for 3600 s; 0 stuck, 0 failed; "
        "look at the deliveries in the admin site"
    )


def test_doctor_tells_which_channels_are_ready(capsys, settings, tmp_path):
    settings.SMS_URL, settings.CHAT_ROBOTS, settings.MESSAGE_FILE = "", False, ""
    without = told_of("channels", capsys)
    settings.MESSAGE_FILE = str(tmp_path / "messages")

    assert (without, told_of("channels", capsys)) == (
        "ok     channels: mail ready",
        "ok     channels: file, mail ready",
    )


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
