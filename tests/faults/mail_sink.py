"""The mail server of a test, and what arrived there."""

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from scripts.layout import ROOT
from scripts.ports import free_port

START_SECONDS = 20


class MailSink:
    """An SMTP server in a process of its own; what it took outlives it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self.behave("take")

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def behave(self, mood: str) -> None:
        """One of the moods of mail_program.py, from the next mail on."""
        part = self.folder / "mood.part"
        part.write_text(mood)
        part.replace(self.folder / "mood")

    def start(self) -> None:
        arguments = ["-m", "tests.faults.mail_program", str(self.port), self.folder]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            assert time.monotonic() < deadline, "the mail server did not start"
            time.sleep(0.05)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def mails(self) -> list[dict]:
        """All mails taken so far, in the order of their arrival."""
        path = self.folder / "arrivals"
        if not path.exists():
            return []
        whole, _, _part = path.read_bytes().rpartition(b"\n")
        return [json.loads(line) for line in whole.splitlines()]

    def count(self) -> int:
        return len(self.mails())

    def message_ids(self) -> Counter[str]:
        return Counter(mail["id"] for mail in self.mails())

    def recipients(self) -> Counter[str]:
        return Counter(address for mail in self.mails() for address in mail["to"])
