"""Which pages are visited by whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.urls import reverse

from tests.admin.pages import ALL as ADMIN_ROLES
from tests.admin.pages import PAGES as REGISTERS
from tests.admin.pages import admin_url
from tests.matrix import ROWS
from tests.world import World

# Answers that are no pages: parts asked by scripts, files, words for machines.
QUERIES = {
    "organizations": "app_label=communities&model_name=pairing&field_name=organization",
    "people": "app_label=communities&model_name=membership&field_name=user",
}


@dataclass(frozen=True)
class Visit:
    """A page as one role asks for it."""

    role: str
    url: str


def page_names() -> list[str]:
    """Names of URLs that answer somebody's GET with a page."""
    return list(
        dict.fromkeys(
            row.name for row in ROWS if row.method == "GET" and 200 in row.statuses
        )
    )


def visits_of_page(world: World, name: str) -> Iterator[Visit]:
    """Each object of the page × each role that sees it."""
    for row in ROWS:
        if row.name != name or row.method != "GET":
            continue
        query = QUERIES.get(row.target, "")
        url = reverse(name, args=world.arguments_of(row)) + (query and f"?{query}")
        for role, status in row.expected().items():
            if status == 200:
                yield Visit(role, url)


def visits_of_register(label: str, record: models.Model) -> Iterator[Visit]:
    """List, record and empty form of a register."""
    register = REGISTERS[label]
    for role in sorted(ADMIN_ROLES & register.view):
        yield Visit(role, admin_url(label, "changelist"))
        yield Visit(role, admin_url(label, "change", record.pk))
        if role in register.add:
            yield Visit(role, admin_url(label, "add"))
