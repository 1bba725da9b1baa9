"""A mail server on this machine that answers as a test tells it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

GOOD = {
    "EHLO": "250 test",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "TEXT": "250 queued",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}
HANG_UP = "hang up"
# It reads commands ahead (RFC 2920).
PIPELINING = "250-test\r\n250 PIPELINING"
# Said only together with the next answer.
LATER = "later"


class ScriptedServer:
    """Answers each command by `answers`; a list is used up answer by answer.

    HANG_UP closes the connection instead, LATER waits for the next command. `mails`
    holds what was taken, as (recipient, text); `connections` counts.
    """

    def __init__(self, **answers: str | list[str]) -> None:
        self.answers = answers
        self.mails: list[tuple[str, bytes]] = []
        self.connections = 0
        self.unfinished = b""
        self._held = ""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _peer = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            with suppress(OSError), connection, connection.makefile("rb") as lines:
                self._talk(connection, lines)

    def _talk(self, connection: socket.socket, lines: BinaryIO) -> None:
        recipient, is_greeted = "", False
        if not self._answer(connection, "GREETING", "220 test"):
            return
        for line in lines:
            command = line[:4].decode().upper()
            if command == "RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
            is_greeted = is_greeted or command == "EHLO"
            good = GOOD[command] if is_greeted else "503 send EHLO first"
            answer = self._answer(connection, command, good)
            if not answer or command == "QUIT":
                return
            if answer.startswith("354"):
                text = b""
                while (line := lines.readline()) != b".\r\n":
                    if not line:  # gone before the end: no mail
                        self.unfinished += text
                        return
                    text += line
                answer = self._answer(connection, "TEXT", GOOD["TEXT"])
                if not answer:
                    return
                if answer.startswith("250"):
                    self.mails.append((recipient, text))

    def _answer(self, connection: socket.socket, step: str, good: str) -> str:
        answer = self.answers.get(step, good)
        if isinstance(answer, list):
            answer = answer.pop(0) if answer else good
        if answer == HANG_UP:
            return ""
        if answer == LATER:
            self._held += f"{good}\r\n"
            return good
        connection.sendall(f"{self._held}{answer}\r\n".encode())
        self._held = ""
        return answer


@contextmanager
def smtp_server(settings, **answers: str | list[str]) -> Iterator[ScriptedServer]:
    """A server of our own, to which the portal's mail goes over the block."""
    server = ScriptedServer(**answers)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 5
    try:
        yield server
    finally:
        server.close()
