"""The thread that rings workers: gathers, sends, falls silent, survives a fork."""

import socket
import subprocess
import sys
import time
from threading import Event

import pytest
from celery import Celery

from core import doorbell
from core.doorbell import QUIET_SECONDS, Bell, BrokerLine

PATIENCE = 10
# What a ring may cost a request, with room for a busy machine.
AT_ONCE = 0.5


class Sent:
    """Notes what is sent; waits for the first; fails when it is told to."""

    def __init__(self):
        self.names = []
        self.error = None
        self.first = Event()

    def __call__(self, name):
        self.names.append(name)
        self.first.set()
        if self.error:
            raise self.error


@pytest.fixture
def sent():
    return Sent()


def wait_until(is_so):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.005)


def seconds_of(call):
    started = time.monotonic()
    call()
    return time.monotonic() - started


def test_rings_of_one_moment_are_sent_once_a_task(sent):
    bell = Bell(sent)

    for _ in range(5):
        bell.ring("one.task")
        bell.ring("another.task")
    wait_until(lambda: len(sent.names) >= 2)
    time.sleep(2 * doorbell.GATHER_SECONDS)

    assert sorted(sent.names) == ["another.task", "one.task"]


def test_ring_after_a_failure_is_silent_for_a_while(sent, monkeypatch):
    bell = Bell(sent)
    sent.error = OSError("nobody there")
    bell.ring("one.task")
    wait_until(lambda: bell._silent_until > time.monotonic() + QUIET_SECONDS - 5)

    bell.ring("unheard.task")
    bell._silent_until = time.monotonic()
    bell.ring("late.task")
    wait_until(lambda: len(sent.names) > 1)

    assert sent.names == ["one.task", "late.task"]


def test_ring_at_a_frozen_broker_holds_up_nobody(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        app = Celery("frozen", set_as_current=False)
        app.config_from_object("django.conf:settings", namespace="CELERY")
        app.conf.broker_write_url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        monkeypatch.setattr(doorbell, "current_app", app)
        bell = Bell(BrokerLine())

        before = seconds_of(lambda: bell.ring("some.task"))
        caller, _address = silent.accept()
        meanwhile = seconds_of(lambda: bell.ring("some.task"))
        caller.close()

        assert max(before, meanwhile) < AT_ONCE


def test_ring_that_cannot_start_a_thread_raises_nothing(sent, monkeypatch, caplog):
    def refuse():
        raise RuntimeError("can't start new thread")

    bell = Bell(sent)
    monkeypatch.setattr(doorbell.Thread, "start", lambda self: refuse())
    monkeypatch.setattr(doorbell, "_bell", bell)

    doorbell._ring("some.task")

    assert "some.task cannot be rung for: can't start new thread" in caplog.text


def test_line_that_broke_since_the_last_ring_is_made_anew(monkeypatch):
    app = Celery("memory", set_as_current=False, broker="memory://")
    app.conf.task_default_queue = "rings of this test"
    monkeypatch.setattr(doorbell, "current_app", app)
    line = BrokerLine()
    line._connection = object()

    line("some.task")

    with app.connection_for_read() as broker:
        assert broker.SimpleQueue("rings of this test").qsize() == 1


def test_ring_in_a_forked_process_is_sent_by_a_thread_of_its_own():
    """As gunicorn with --preload: the parent has rung before it forks."""
    code = """
import os, sys, time
from core import doorbell

def send(name):
    os.write(1, f"{os.getpid() == parent} {name}\\n".encode())

parent = os.getpid()
doorbell.BrokerLine.__call__ = lambda self, name: send(name)
doorbell._ring("first.task")
time.sleep(0.2)
doorbell._bell._lock.acquire()
child = os.fork()
if not child:
    doorbell._ring("second.task")
    time.sleep(0.2)
    os._exit(0)
os.waitpid(child, 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE
    )

    assert (done.stdout, done.stderr) == ("True first.task\nFalse second.task\n", "")
