"""Dated changes of the registers: planned, carried out on their day, or undone.

What a kind of change means for organisations or communities is registered as an
`Applier` by the module that knows it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, Organization, RegisterChange
from communities.notices.changes import change_failed
from core import audit
from core.dates import day_text
from core.errors import RuleError
from core.transactions import retried_atomic

logger = logging.getLogger(__name__)

Node = Organization | Community
Details = dict[str, Any]
Kind, State = RegisterChange.Kind, RegisterChange.State

REFUSAL_LENGTH = 300


class ChangeRefused(RuleError):
    """The change does not fit what is, or what is planned."""


@dataclass(frozen=True)
class Applier:
    """What one kind of change means for one kind of node.

    `check` refuses what can be known now and returns the details to keep (plain
    JSON; other nodes of the same model under "successor" and "parent" as numbers).
    `apply` carries the change out, dated `change.effective_on`, and looks again. It
    runs in the transaction that holds `change` and what `lock` locked. `ends` says
    whether the node is no more afterwards.
    """

    check: Callable[[Node, date, Details], Details]
    apply: Callable[[RegisterChange, User | None], None]
    lock: Callable[[Node, Details], None]
    ends: Callable[[Details], bool] = lambda details: False


_APPLIERS: dict[tuple[type, str], Applier] = {}


def register_applier(model: type, kind: str, applier: Applier) -> None:
    """Say what a kind of change means for organisations or for communities."""
    _APPLIERS[model, kind] = applier


def applier_for(target: Node, kind: str) -> Applier:
    """The applier; raises ChangeRefused for a kind this node does not know."""
    try:
        return _APPLIERS[type(target), kind]
    except KeyError as error:
        raise ChangeRefused(_("这类名册不能做这种变更。")) from error


def lock_nodes(model: type[models.Model], ids: set[int]) -> None:
    """Lock rows in ascending order; for organisations the tree along with them."""
    wanted = models.Q(pk__in=ids)
    if model is Organization:
        wanted |= models.Q(parent=None)
    list(model.objects.select_for_update(of=("self",)).filter(wanted).order_by("pk"))


@retried_atomic
def plan_change(
    *,
    target: Node,
    kind: str,
    effective_on: date,
    details: Details | None = None,
    document: str = "",
    reason: str = "",
    by: User | None,
) -> RegisterChange:
    """Register a change; one dated today or back is carried out at once.

    Returns it, planned or applied. Raises RuleError for what can be known now: what
    the kind refuses, or another planned change that contradicts. An immediate change
    that is refused leaves nothing. Source: issue 3, organisation tree.
    """
    applier = applier_for(target, kind)
    applier.lock(target, details or {})
    target.refresh_from_db()
    change = check_change(
        target=target, kind=kind, effective_on=effective_on, details=details
    )
    change.document, change.reason, change.created_by = document, reason, by
    change.save()
    audit.record(
        "communities.register_change_created",
        target=change,
        by=by,
        kind=kind,
        effective_on=effective_on,
        document=document,
        reason=reason,
    )
    if effective_on <= timezone.localdate():
        _carry_out(change, applier, by)
    return change


def check_change(
    *, target: Node, kind: str, effective_on: date, details: Details | None = None
) -> RegisterChange:
    """The change as it would be registered, without writing: for the preview.

    Raises what plan_change raises for what can be known now.
    """
    applier = applier_for(target, kind)
    change = RegisterChange(
        kind=kind,
        effective_on=effective_on,
        details=applier.check(target, effective_on, details or {}),
        **_target_field(target),
    )
    _check_contradictions(change, applier)
    return change


@transaction.atomic
def undo_change(*, change: RegisterChange, reason: str = "", by: User | None) -> None:
    """Take back a change that was not carried out; a second time does nothing.

    Raises MoveRefused once it is applied.
    """
    held = RegisterChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if held.state != State.UNDONE:
        held.move_to(State.UNDONE, by=by, reason=reason)


@retried_atomic
def retry_change(*, change: RegisterChange, by: User | None) -> bool:
    """Carry out a failed change whose day has come; returns whether it was done now.

    False when somebody else did it before. Raises RuleError when it is refused again.
    """
    held = _claimed(change.pk, (State.FAILED,))
    if held is None:
        return False
    _carry_out(held, applier_for(held.target, held.kind), by)
    return True


def apply_due_changes(*, today: date) -> int:
    """Carry out planned changes whose day has come, the oldest day first.

    Each in a transaction of its own, which looks again under the locks: two workers
    do it once. One that is refused has failed, and who planned it is told. Returns
    how many were carried out.
    """
    due = RegisterChange.objects.filter(state=State.PLANNED, effective_on__lte=today)
    done = 0
    for pk in list(due.order_by("effective_on", "pk").values_list("pk", flat=True)):
        try:
            done += _apply_due(pk)
        except Exception:
            # A fault in one must not keep the others from their day.
            logger.exception("register change %s could not be carried out", pk)
    return done


@retried_atomic
def _apply_due(pk: int) -> bool:
    change = _claimed(pk, (State.PLANNED,))
    if change is None:
        return False
    try:
        with transaction.atomic():
            _carry_out(change, applier_for(change.target, change.kind), None)
    except RuleError as error:
        refusal = str(error)[:REFUSAL_LENGTH]
        change.move_to(State.FAILED, by=None, reason=refusal, refusal=refusal)
        change_failed(change)
        return False
    return True


def _claimed(pk: int, states: tuple[str, ...]) -> RegisterChange | None:
    """The change under its locks, None when it left these states meanwhile."""
    change = RegisterChange.objects.get(pk=pk)
    applier_for(change.target, change.kind).lock(change.target, change.details)
    return (
        RegisterChange.objects.select_for_update(of=("self",))
        .filter(pk=pk, state__in=states)
        .first()
    )


def _carry_out(change: RegisterChange, applier: Applier, by: User | None) -> None:
    try:
        with transaction.atomic():
            applier.apply(change, by)
    except IntegrityError as error:
        raise ChangeRefused(
            _("有人同时修改了相同的记录，请重新预览后再确认。")
        ) from error
    change.move_to(State.APPLIED, by=by, refusal="")


def _target_field(target: Node) -> dict[str, Node]:
    return {target._meta.model_name: target}


def _check_contradictions(change: RegisterChange, applier: Applier) -> None:
    planned = RegisterChange.objects.filter(state=State.PLANNED).select_related(
        "organization", "community"
    )
    for other in planned.filter(**_target_field(change.target)):
        ends_before = _ends(other) and change.effective_on >= other.effective_on
        ends_after = (
            applier.ends(change.details) and other.effective_on >= change.effective_on
        )
        is_same = (other.kind, other.effective_on) == (change.kind, change.effective_on)
        if ends_before or ends_after or is_same:
            _refuse_for(other)
    if applier.ends(change.details):
        _check_still_needed(change, planned)
    _check_others_stand(change, planned)


def _check_still_needed(change: RegisterChange, planned: models.QuerySet) -> None:
    """Refuse to end what a later planned change counts on."""
    pk = change.target.pk
    counting_on_it = planned.filter(
        models.Q(details__successor=pk) | models.Q(details__parent=pk),
        effective_on__gte=change.effective_on,
        **_same_model(change.target),
    )
    for other in counting_on_it:
        _refuse_for(other)


def _check_others_stand(change: RegisterChange, planned: models.QuerySet) -> None:
    """Refuse to count on what a planned change ends before that."""
    ids = {change.details.get(name) for name in ("successor", "parent")} - {None}
    field = change.target._meta.model_name
    for other in planned.filter(
        effective_on__lte=change.effective_on, **{f"{field}_id__in": ids}
    ):
        if _ends(other):
            _refuse_for(other)


def _ends(change: RegisterChange) -> bool:
    return applier_for(change.target, change.kind).ends(change.details)


def _same_model(target: Node) -> dict[str, bool]:
    return {f"{target._meta.model_name}__isnull": False}


def _refuse_for(other: RegisterChange) -> None:
    raise ChangeRefused(
        _("“%(change)s”已定于%(day)s生效，与这项变更冲突，请先撤回。")
        % {"change": str(other), "day": day_text(other.effective_on)}
    )
