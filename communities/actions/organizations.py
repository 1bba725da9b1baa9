"""Writes to the tree of party organisations."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.history import keep_version
from communities.imports.organization_tree import Node, plan_organizations
from communities.imports.organizations import OrganizationLine
from communities.imports.results import ImportCounts, ImportRefused, RowProblem
from communities.models import Organization
from core import audit
from core.dates import day_text
from core.errors import RuleError
from core.text import normalize_name

KEPT = ("name", "unit_name", "kind", "parent_id")
DATED = frozenset({"unit_name", "kind", "parent"})
MOVED_BY_OTHERS = ("path", "state", "state_changed_at", "successor_id", "ends_on")


class OrganizationRefused(RuleError):
    """The organisation does not fit into the tree."""


@transaction.atomic
def save_organization(
    *, organization: Organization, by: User | None, on: date | None = None
) -> Organization:
    """Create or change an organisation, keep the paths below it and its history right.

    What changed holds from `on`; without a day it was wrong all the time, and the
    latest version is corrected. Raises OrganizationRefused when the parent's kind is
    not allowed, the tree would close into a circle, or a merged or dissolved one
    would change; HistoryRefused for a day before its latest version.
    Source: PRODUCT section 3, row Organization.
    """
    lock_tree()
    _take_what_moved(organization)
    is_new = organization.pk is None
    if not is_new and organization.is_over:
        _check_unchanged(organization)
    else:
        check_parent(organization, organization.parent)
    if not organization.code:
        organization.code = next_organization_code()
    organization.save()
    _keep_path(organization)
    if not organization.is_over:
        _keep_first_day(organization)
        keep_version(organization, on=on)
    verb = "organization_created" if is_new else "organization_changed"
    audit.record(f"communities.{verb}", target=organization, by=by, on=on)
    return organization


def _keep_first_day(organization: Organization) -> None:
    """Its history begins with its first day, also when that is corrected."""
    first = organization.versions.order_by("starts_on").first()
    if first is None or first.starts_on == organization.starts_on:
        return
    if first.ends_on is not None and organization.starts_on > first.ends_on:
        raise OrganizationRefused(
            _("%(name)s在%(day)s之前已有沿革，成立日期不能更晚。")
            % {"name": organization, "day": day_text(first.ends_on)}
        )
    first.starts_on = organization.starts_on
    first.save(update_fields=["starts_on"])


def attach_organization(organization: Organization, parent: Organization) -> None:
    """Hang a merged or dissolved organisation below its successor.

    Its successor's officials then see what it left; its versions keep its real
    place. The caller holds the tree's lock.
    """
    organization.parent = parent
    organization.save(update_fields=["parent"])
    _keep_path(organization)


def _keep_path(organization: Organization) -> None:
    """Write the path anew, and those of all below; the parent's must be right."""
    old_path = organization.path
    parent_path = organization.parent.path if organization.parent else ""
    organization.path = f"{parent_path}{organization.pk}/"
    if organization.path != old_path:
        organization.save(update_fields=["path"])
        if old_path:
            _move_descendants(organization, old_path)


def lock_tree() -> None:
    """Let nobody else change the tree: two moves at once could close a circle."""
    list(Organization.objects.select_for_update().filter(parent=None).order_by("pk"))


def _take_what_moved(organization: Organization) -> None:
    """Read again what others change: the page may be older than the last move."""
    held = Organization.objects.filter(pk=organization.pk)
    for row in held.values(*MOVED_BY_OTHERS):
        for name, value in row.items():
            setattr(organization, name, value)


def _check_unchanged(organization: Organization) -> None:
    """What is over keeps the name and place it had; its parent is the successor."""
    held = Organization.objects.values(*KEPT).get(pk=organization.pk)
    if any(getattr(organization, name) != value for name, value in held.items()):
        raise OrganizationRefused(
            _("%(name)s%(state)s，名称、类型和隶属不能再改。")
            % {"name": organization, "state": organization.get_state_display()}
        )


def check_parent(organization: Organization, parent: Organization | None) -> None:
    """Raise OrganizationRefused unless the organisation may stand under `parent`.

    The parent is read again; its state is the caller's business.
    """
    allowed = Organization.PARENT_KINDS[organization.kind]
    if parent is None:
        if allowed:
            raise OrganizationRefused(
                _("%(kind)s必须有上级党组织。")
                % {"kind": organization.get_kind_display()}
            )
        return
    parent.refresh_from_db()
    if parent.kind not in allowed:
        raise OrganizationRefused(
            _("%(kind)s不能设在%(parent)s之下。")
            % {
                "kind": organization.get_kind_display(),
                "parent": parent.get_kind_display(),
            }
        )
    if organization.path and parent.path.startswith(organization.path):
        raise OrganizationRefused(_("上级党组织不能是自己或自己的下级。"))


def _move_descendants(organization: Organization, old_path: str) -> None:
    below = Organization.objects.filter(path__startswith=old_path).exclude(
        pk=organization.pk
    )
    for descendant in below:
        descendant.path = organization.path + descendant.path[len(old_path) :]
        descendant.save(update_fields=["path"])


def next_organization_code() -> str:
    """The next free code, XC0001 upward; the caller holds the tree's lock."""
    last = (
        Organization.objects.filter(code__regex=r"^XC\d{4,}$")
        .annotate(number=Cast(Substr("code", 3), IntegerField()))
        .aggregate(Max("number"))["number__max"]
    )
    return f"XC{(last or 0) + 1:04d}"


def import_organizations(
    *,
    lines: Sequence[OrganizationLine],
    problems: Sequence[RowProblem] = (),
    starts_on: date,
    by: User | None,
) -> ImportCounts:
    """Bring organisations to what a roster says, all or nothing.

    New ones start on `starts_on`, and what changed holds from then; an older roster
    corrects what is known. Blank cells leave it. Organisations that the roster does
    not name are kept. Raises ImportRefused with the rows at fault; `problems` are
    those found while reading. Source: issue 2, register from real files; issue 3.
    """
    with transaction.atomic():
        lock_tree()
        plan = plan_organizations(lines, Organization.objects.select_related("parent"))
        if problems or plan.problems:
            raise ImportRefused([*problems, *plan.problems])
        with audit.batch(
            "communities.organization_imported",
            target=Organization,
            by=by,
            when_filled=True,
            lines=len(lines),
        ):
            outcomes = [_import_node(node, starts_on, by) for node in plan.nodes]
    return ImportCounts(**{name: outcomes.count(name) for name in set(outcomes)})


def _import_node(node: Node, starts_on: date, by: User | None) -> str:
    """Save one organisation when it differs; return what was done with it."""
    line = node.line
    organization = node.organization or Organization(
        name=line.name, starts_on=starts_on, path=None
    )
    values = {
        "kind": line.kind,
        "member_count": line.member_count,
        "contact_name": line.contact_name,
        "contact_phone": line.contact_phone,
    }
    if normalize_name(organization.unit_name) != normalize_name(line.unit_name):
        values["unit_name"] = line.unit_name
    changes = {
        name: value
        for name, value in values.items()
        if value not in ("", None) and getattr(organization, name) != value
    }
    parent = node.parent.organization if node.parent else None
    if organization.parent_id != (parent and parent.pk):
        changes["parent"] = parent
    node.organization = organization
    if organization.pk is not None and not changes:
        return "unchanged"
    outcome = "changed" if organization.pk is not None else "created"
    for name, value in changes.items():
        setattr(organization, name, value)
    try:
        on = _first_day_of(changes, organization, starts_on)
        save_organization(organization=organization, by=by, on=on)
    except RuleError as error:
        raise ImportRefused([RowProblem(line.number, str(error))]) from error
    return outcome


def _first_day_of(
    changes: Iterable[str], organization: Organization, starts_on: date
) -> date | None:
    """From when a roster's changes hold; None when they correct what is known."""
    is_dated = organization.pk is not None and not DATED.isdisjoint(changes)
    if not is_dated or organization.versions.filter(starts_on__gte=starts_on).exists():
        return None
    if starts_on > timezone.localdate():
        raise OrganizationRefused(
            _("单位、类型或上级有变动，而名册的日期%(day)s还没有到。")
            % {"day": day_text(starts_on)}
        )
    return starts_on
