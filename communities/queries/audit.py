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
from communities.admin_verbs import state_labels
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
# Who reported in is known to the community alone, not to the office.
OF_THE_PLACE = ("communities.MemberReportIn",)
SYSTEM = "系统"
_HOLDS_OFFICE = models.Exists(
    Membership.objects.filter(user=models.OuterRef("actor_id"))
)


@dataclass
class Line:
    """A line as its page shows it."""

    entry: AuditEntry
    actor: str
    target: str
    has_page: bool
    is_masked: bool = False  # who did it, and so from where
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    children: int = 0


def found_lines(values: dict[str, Any], *, by: User) -> models.QuerySet:
    """Lines the filters leave, the latest first; `by` may not find who is masked."""
    rows = AuditEntry.objects.order_by("-pk")
    if values["who"]:
        rows = rows.filter(_by_whom(values["who"], by)).exclude(
            ~_HOLDS_OFFICE, target_type__in=OF_THE_PLACE
        )
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


def with_masks(rows: models.QuerySet, *, by: User) -> models.QuerySet:
    """The lines with `hides_actor` and `hides_target`: whom `by` may not read of."""
    as_column = models.BooleanField()
    without_office = models.Q(actor_id__isnull=False) & ~models.Q(_HOLDS_OFFICE)
    if sees_names(by):
        of_the_place = without_office & models.Q(target_type__in=OF_THE_PLACE)
        return rows.annotate(
            hides_actor=models.ExpressionWrapper(of_the_place, as_column),
            hides_target=models.Value(False, as_column),
        )
    of_people = models.Q(target_type__in=PEOPLE)
    return rows.annotate(
        hides_actor=models.ExpressionWrapper(without_office, as_column),
        hides_target=models.ExpressionWrapper(of_people, as_column),
    )


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
    masked = _masked(entries, by)
    return [
        Line(
            entry,
            actor=_hidden(entry.actor_name) if entry.pk in masked else entry.actor_name,
            target=_hidden(entry.target_name)
            if entry.target_type in PEOPLE and not sees_names(by)
            else entry.target_name,
            has_page=entry.target_id is not None and _model_of(entry) is not None,
            is_masked=entry.pk in masked,
            changes=_table(entry),
            facts=facts_of(entry.data),
            children=counts.get(entry.pk, 0),
        )
        for entry in entries
    ]


def _masked(entries: list[AuditEntry], by: User) -> set[int]:
    """The lines that do not say who did it: people without an office."""
    if sees_names(by):
        entries = [entry for entry in entries if entry.target_type in OF_THE_PLACE]
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    held = Membership.objects.filter(user__in=actors).values_list("user_id", flat=True)
    without = actors.difference(held) if actors else actors
    return {entry.pk for entry in entries if entry.actor_id in without}


def actor_of(entry: AuditEntry) -> str:
    """Who did it, for a line of `with_masks`."""
    is_hidden = getattr(entry, "hides_actor", False)
    return _hidden(entry.actor_name) if is_hidden else entry.actor_name


def target_of(entry: AuditEntry) -> str:
    """What it was done to, for a line of `with_masks`."""
    is_hidden = getattr(entry, "hides_target", False)
    return _hidden(entry.target_name) if is_hidden else entry.target_name


def told_data(entry: AuditEntry) -> dict[str, Any]:
    """What the line holds, states in words."""
    model = _model_of(entry)
    if not (entry.data.get("after") and hasattr(model, "State")):
        return entry.data
    words = state_labels(model)
    told = {
        name: words.get(entry.data[name], entry.data[name])
        for name in ("before", "after")
        if name in entry.data
    }
    return {**entry.data, **told}


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
    if column is not None and column.name == "state":
        choices = state_labels(column.model)
    else:
        choices = dict(getattr(column, "flatchoices", ()))
    return str(choices.get(value, value))
