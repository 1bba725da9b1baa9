"""Asking a page, and what is wrong with its answer."""

import logging
import re
from typing import Any

from django.test import Client

from tests.matrix import ROLES, ROWS, Row
from tests.world import World

CHINESE = re.compile(r"[\u4e00-\u9fff]|\\u[4-9]")  # plain, or as JSON writes it


def one_row_a_page(method: str) -> list[Row]:
    """For each page a row under which somebody gets in."""
    rows: dict[str, Row] = {}
    for row in ROWS:
        if row.method == method and set(row.statuses) & {200, 302, 422}:
            rows.setdefault(row.name, row)
    return list(rows.values())


def someone_inside(row: Row) -> str:
    """The last role that the page answers; nobody where only nobody is let in."""
    inside = [role for role, status in row.expected().items() if status in {200, 422}]
    return inside[-1] if inside else ROLES[-1]


def client_of(world: World, role: str) -> Client:
    """A client that answers 500 instead of raising."""
    client = world.client(role)
    client.raise_request_exception = False
    return client


def faults_of(
    client: Client,
    urls: dict[str, str],
    caplog: Any,
    *,
    method: str = "GET",
    refused: Any = (),
) -> dict[str, str]:
    """What was asked to the answer that should not have been given."""
    faults = {}
    for title, url in urls.items():
        caplog.clear()
        response = client.generic(method, url)
        body = b"".join(response)
        if found := fault_in(response, body, caplog, is_refused=title in refused):
            faults[title] = found
    return faults


def fault_in(
    response: Any, body: bytes, caplog: Any, *, is_refused: bool = False
) -> str:
    """What is wrong with an answer; empty when nothing is."""
    if response.status_code >= 500:
        return f"status {response.status_code}: {errors_logged(caplog)}"
    if logged := errors_logged(caplog):
        return f"logged {logged}"
    if is_refused and response.status_code not in {400, 404}:
        return f"answered {response.status_code}"
    if response.status_code in {400, 403, 404, 405, 409, 422}:
        is_said = CHINESE.search(body.decode()) or response.status_code == 405
        return "" if is_said else f"{response.status_code} without a word in Chinese"
    return "" if response.status_code in {200, 302} else str(response.status_code)


def errors_logged(caplog: Any) -> list[str]:
    """Errors in the log, those of Django's own security checks aside."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.ERROR
        if not record.name.startswith("django.security")
    ]
