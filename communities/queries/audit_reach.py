"""How far one page of a search reads in the audit log, and what none lists."""

from datetime import date, datetime, time, timedelta
from functools import cache
from math import inf
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from communities.queries.audit import SLACK, page_of
from core import audit
from core.models import AuditEntry

# Lines one page looks through for what no index finds: a word, an act.
REACH = 100_000


def listed(rows: models.QuerySet) -> models.QuerySet:
    """The lines a search may list: none that says how a person's place ended.

    Of a settled shift the log lists how many, and a single sign-up's history says
    "settled"; nobody gets a list of who did not come or let a place go
    (PRODUCT section 4, voluntary means voluntary).
    """
    return rows.exclude(verb__in=_unlisted_verbs())


@cache
def _unlisted_verbs() -> list[str]:
    """Moves to states that registers tell by another word, see `Signup.TOLD`."""
    return [
        f"{model._meta.app_label}.{audit.noun_of(model())}_{state}"
        for model in apps.get_models()
        for state, told in getattr(model, "TOLD", {}).items()
        if state != told
    ]


def reached_page(
    rows: models.QuerySet, values: dict[str, Any], before: int | None
) -> tuple[list[AuditEntry], int | None]:
    """The next lines, and below which number the page after them begins.

    A search for a word or an act reads a stretch of the log a page: it may find
    fewer lines than fit, or none, and there is a next page all the same.
    """
    if not (values["text"] or values["act"]):
        return page_of(rows, before)
    top = before or _last_number(values["ends_on"]) + 1
    floor = top - REACH
    entries, older = page_of(rows.filter(pk__gte=floor), top)
    if older is None and floor > _first_number(values["starts_on"]):
        older = floor
    return entries, older


def _last_number(day: date | None) -> int:
    rows = AuditEntry.objects.order_by("-at")
    if day:
        rows = rows.filter(at__lt=_midnight(day) + timedelta(days=1))
    return (rows.values_list("pk", flat=True).first() or 0) + SLACK


def _first_number(day: date | None) -> float:
    rows = AuditEntry.objects.order_by("at")
    if day:
        rows = rows.filter(at__gte=_midnight(day))
    first = rows.values_list("pk", flat=True).first()
    return inf if first is None else first - SLACK


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
