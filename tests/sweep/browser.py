"""A browser window answered by Django's test client, without a server."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from playwright.sync_api import Browser, Page, Request, Route

from tests.sweep.axe import READ_AXE
from tests.sweep.desk import HOST, Desk

STATIC = "/static/"
NO_FAULT = "window.sweepFaults ??= [];"
LISTEN = f"""{NO_FAULT}
document.addEventListener("securitypolicyviolation", (event) => window.sweepFaults.push(
  `policy ${{event.effectiveDirective}}: ${{event.blockedURI}} ${{event.sample}}`));
"""
NEXT_FRAME = """() => new Promise(
  (done) => requestAnimationFrame(() => requestAnimationFrame(done)))"""
QUIET = """() => document.readyState === "complete" && !document.querySelector(
  ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")"""


class Window:
    """One browser window; who looks is told before each visit."""

    def __init__(self, browser: Browser, desk: Desk) -> None:
        self.desk, self.role = desk, "nobody"
        self.context = browser.new_context(
            base_url=f"http://{HOST}",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            service_workers="block",
        )
        self.context.add_init_script(LISTEN + READ_AXE)
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.complaints: list[str] = []
        self.looks = 0
        self.untouched = ""  # the page that stands as it was opened
        self.ready: dict[str, HttpResponse] = {}
        self.posted: HttpResponse | None = None
        self.static: dict[str, tuple[bytes, str]] = {}

    def _listen(self, message: object) -> None:
        # Asked-for 422 answers are looked at by themselves.
        if message.type == "error" and "status of 422" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def open(self, url: str, width: int) -> None:
        """Load the page and wait for the parts it fetches itself."""
        self.complaints.clear()
        self.size(width)
        self.page.goto(url, wait_until="load")
        if not self.page.evaluate(QUIET):
            self.settle()
        self.untouched = url

    def size(self, width: int) -> None:
        """Make the window this wide; scripts that watch it have had their turn."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.evaluate(NEXT_FRAME)

    def settle(self) -> None:
        """Wait until no part is being fetched."""
        self.page.wait_for_function(QUIET)

    def faults(self) -> list[str]:
        """What was complained of since the page was opened."""
        refused = self.page.evaluate(f"() => {{ {NO_FAULT} return sweepFaults; }}")
        return [*self.complaints, *refused]

    def _answer(self, route: Route, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.hostname != HOST:
            self.complaints.append(f"asked another host: {request.url}")
            route.abort()
        elif parts.path.startswith(STATIC):
            self._answer_static(route, parts.path)
        else:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            self._answer_page(route, request, path)

    def _answer_static(self, route: Route, path: str) -> None:
        if path not in self.static:
            found = finders.find(path.removeprefix(STATIC))
            if not found:
                self.complaints.append(f"no such file: {path}")
                route.fulfill(status=404)
                return
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            self.static[path] = (Path(found).read_bytes(), kind)
        body, kind = self.static[path]
        route.fulfill(body=body, content_type=kind)

    def _answer_page(self, route: Route, request: Request, path: str) -> None:
        is_get = request.method == "GET"
        response = self.ready.get(path) if is_get else None
        if response is None:
            response = self.desk.ask(
                self.role,
                path,
                request.method,
                request.post_data_buffer or b"",
                **{
                    name: value
                    for name, value in request.headers.items()
                    if name.startswith("hx-") or name == "content-type"
                },
            )
        status = response.status_code
        if not is_get:
            self.posted = response
            if status != 422:
                route.fulfill(status=204)  # stay: only refused forms are looked at
                return
        elif status >= 400:
            self.complaints.append(f"{status} for {path}")
        route.fulfill(
            status=status,
            headers={
                name: value
                for name, value in response.headers.items()
                if name not in {"Set-Cookie", "Content-Length"}
            },
            body=response.whole,
        )
