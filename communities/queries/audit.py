"""Lines of the audit log: searched, and as their pages show them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Membership
from communities.permissions import Permission, has_permission
from communities.queries.audit_facts import facts_of
from core.dates import moment_text
from core.models import AuditEntry

PAGE_SIZE = 25
MOST_PEOPLE = 200  # whom a name may mean
# Lines get their numbers nearly in the order of their times.
SLACK = 1_000
PEOPLE = ("accounts.User", "volunteers.Volunteer")
SYSTEM = "系统"


@dataclass
class Line:
    """A line as its page shows it."""

    entry: AuditEntry
    actor: str
    target: str
    has_page: bool
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    children: int = 0


def found_lines(values: dict[str, Any], *, by: User) -> models.QuerySet:
    """Lines the filters leave, the latest first; `by` may not find who is masked."""
    rows = AuditEntry.objects.order_by("-pk")
    if values["who"]:
        rows = rows.filter(_by_whom(values["who"], by))
    if values["act"] == "moved":
        rows = rows.filter(data__has_key="after")
    elif values["act"]:
        rows = rows.filter(verb__endswith=f"_{values['act']}")
    if values["register"]:
        rows = rows.filter(target_type=values["register"])
    if values["text"]:
        rows = rows.filter(target_name__icontains=values["text"])
        if not sees_names(by):
            rows = rows.exclude(target_type__in=PEOPLE)
    for name in ("request_id", "parent"):
        if values[name]:
            rows = rows.filter(**{name: values[name]})
    return _within(rows, values["starts_on"], values["ends_on"])


def sees_names(user: User) -> bool:
    """Whether the user may read the names of people who hold no office."""
    return user.is_superuser or has_permission(user, Permission.PEOPLE_VIEW)


def _by_whom(text: str, by: User) -> models.Q:
    if text == SYSTEM:
        return models.Q(actor_id=None)
    people = User.objects.filter(
        models.Q(display_name__icontains=text) | models.Q(username=text)
    )
    if not sees_names(by):
        people = people.filter(pk__in=Membership.objects.values("user"))
    return models.Q(
        actor_id__in=list(people.values_list("pk", flat=True)[:MOST_PEOPLE])
    )


def _within(
    rows: models.QuerySet, first: date | None, last: date | None
) -> models.QuerySet:
    """Lines of these days; bounded by numbers too, by which they are sorted."""
    if first:
        start = _midnight(first)
        number = _number_at(start)
        if number is None:
            return rows.none()
        rows = rows.filter(at__gte=start, pk__gt=number - SLACK)
    if last:
        end = _midnight(last) + timedelta(days=1)
        number = _number_at(end)
        rows = rows.filter(at__lt=end)
        rows = rows if number is None else rows.filter(pk__lt=number + SLACK)
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _number_at(moment: datetime) -> int | None:
    later = AuditEntry.objects.filter(at__gte=moment).order_by("at")
    return later.values_list("pk", flat=True).first()


def page_of(
    rows: models.QuerySet, before: int | None
) -> tuple[list[AuditEntry], int | None]:
    """The next lines below a number, and below which the page after them begins."""
    if before:
        rows = rows.filter(pk__lt=before)
    entries = list(rows[: PAGE_SIZE + 1])
    more = len(entries) > PAGE_SIZE
    entries = entries[:PAGE_SIZE]
    return entries, entries[-1].pk if more else None


def shown_lines(entries: list[AuditEntry], *, by: User) -> list[Line]:
    """The lines with their tables; people without an office masked where they must."""
    counts = dict(
        AuditEntry.objects.filter(parent__in=[entry.pk for entry in entries])
        .order_by()
        .values_list("parent")
        .annotate(models.Count("pk"))
    )
    masked = set() if sees_names(by) else _without_office(entries)
    return [
        Line(
            entry,
            actor=_hidden(entry.actor_name)
            if entry.actor_id in masked
            else entry.actor_name,
            target=_hidden(entry.target_name)
            if entry.target_type in PEOPLE and not sees_names(by)
            else entry.target_name,
            has_page=entry.target_id is not None and _model_of(entry) is not None,
            changes=_table(entry),
            facts=facts_of(entry.data),
            children=counts.get(entry.pk, 0),
        )
        for entry in entries
    ]


def _without_office(entries: list[AuditEntry]) -> set[int]:
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    held = Membership.objects.filter(user__in=actors).values_list("user_id", flat=True)
    return actors - set(held)


def _hidden(name: str) -> str:
    return name[:1] + "*" * max(len(name) - 1, 1)


def _model_of(entry: AuditEntry) -> type[models.Model] | None:
    try:
        return apps.get_model(entry.target_type)
    except (LookupError, ValueError):
        return None


def _table(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """Field, before and after; what is not kept says only that it changed."""
    model = _model_of(entry)
    data = entry.data
    if data.get("after") and "before" in data:
        data = {**data, "changes": {"state": [data["before"], data["after"]]}}
    kept = data.get("changes") or {}
    names = [*kept, *(name for name in data.get("fields") or [] if name not in kept)]
    return [_cells(model, name, kept.get(name)) for name in names]


def _cells(
    model: type[models.Model] | None, name: str, pair: list[Any] | None
) -> tuple[str, str, str]:
    try:
        column = model and model._meta.get_field(name)
    except FieldDoesNotExist:
        column = None
    label = str(getattr(column, "verbose_name", name))
    if pair is None:
        return label, "", _("已修改")
    before, after = (_cell(column, value) for value in pair)
    return label, before, after


def _cell(column: models.Field | None, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(column, models.DateTimeField) and (at := parse_datetime(str(value))):
        return moment_text(at)
    choices = dict(getattr(column, "flatchoices", ()))
    return str(choices.get(value, value))
