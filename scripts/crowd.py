"""Many people at one moment over HTTP: for race tests and the bench."""

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = "a" * 32  # of the form protection: cookie and field have to agree
TIMEOUT_SECONDS = 90


@dataclass(frozen=True)
class Reply:
    """What came back; status 0 when nothing did."""

    status: int
    seconds: float
    body: str = field(default="", repr=False)


@dataclass(frozen=True)
class Person:
    """Somebody signed in at the server on this port."""

    port: int
    session: str

    def get(self, path: str, headers: dict[str, str] | None = None) -> Reply:
        """Ask for a page."""
        return self._ask("GET", path, None, headers or {})

    def post(self, path: str, fields: dict[str, object] | None = None) -> Reply:
        """Send a form."""
        values = {"csrfmiddlewaretoken": TOKEN, **(fields or {})}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(values, doseq=True), kind)

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> Reply:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=TIMEOUT_SECONDS
        )
        cookies = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}"}
        began = time.perf_counter()
        try:
            connection.request(method, path, body, {**cookies, **headers})
            answer = connection.getresponse()
            text = answer.read().decode()
            return Reply(answer.status, time.perf_counter() - began, text)
        except OSError:
            return Reply(0, time.perf_counter() - began)
        finally:
            connection.close()


def at_once(acts: Sequence[Callable[[], Reply]]) -> list[Reply]:
    """Let everybody act at the same moment; the replies in the order of the acts."""
    replies: list[Reply | None] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def act(place: int) -> None:
        start.wait()
        replies[place] = acts[place]()

    threads = [threading.Thread(target=act, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies


def percentile(replies: Sequence[Reply], share: float) -> float:
    """The seconds within which so many of the replies had come, share 0-1."""
    seconds = sorted(reply.seconds for reply in replies)
    return seconds[min(int(len(seconds) * share), len(seconds) - 1)]
