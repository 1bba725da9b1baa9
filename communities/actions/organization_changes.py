"""Dated changes of one organisation: name, place, suspension, dissolution."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.changes import (
    Applier,
    ChangeRefused,
    Details,
    lock_nodes,
    register_applier,
)
from communities.actions.handovers import handovers_for
from communities.actions.handovers.memberships import end_memberships
from communities.actions.history import close_history
from communities.actions.organizations import (
    check_parent,
    save_organization,
)
from communities.models import Organization, RegisterChange
from core.dates import day_text

Kind = RegisterChange.Kind
State = Organization.State

NAME_LENGTH = 100
LISTED = 3


def standing_organization(pk: object, *, on: date) -> Organization:
    """The organisation a change counts on; raises ChangeRefused unless it stands."""
    found = Organization.objects.filter(pk=pk).first() if pk else None
    if found is None:
        raise ChangeRefused(_("请选择党组织。"))
    if found.is_over:
        raise ChangeRefused(
            _("%(name)s%(state)s，请选择其他党组织。")
            % {"name": found, "state": found.get_state_display()}
        )
    if found.starts_on > on:
        raise ChangeRefused(
            _("%(name)s到%(day)s才成立，晚于生效日期。")
            % {"name": found, "day": day_text(found.starts_on)}
        )
    return found


def standing_parent(pk: object, *, on: date) -> Organization:
    """The organisation that shall stand above; also raises for a suspended one."""
    parent = standing_organization(pk, on=on)
    if parent.state != State.ACTIVE:
        raise ChangeRefused(_("%(name)s已停用，不能作为上级。") % {"name": parent})
    return parent


def check_changeable(organization: Organization, *, on: date) -> None:
    """Raise ChangeRefused when it is over, or its latest version began after `on`."""
    if organization.is_over:
        raise ChangeRefused(
            _("%(name)s%(state)s，不能再变更。")
            % {"name": organization, "state": organization.get_state_display()}
        )
    later = organization.versions.filter(starts_on__gt=on).first()
    if later is not None:
        raise ChangeRefused(
            _("%(name)s自%(day)s起已有变更或刚成立，生效日期不能更早。")
            % {"name": organization, "day": day_text(later.starts_on)}
        )


def check_can_end(organization: Organization, *, on: date) -> None:
    """Raise ChangeRefused unless it can have its last day before `on`."""
    check_changeable(organization, on=on)
    if organization.versions.filter(starts_on=on).exists():
        raise ChangeRefused(
            _("%(name)s自%(day)s起才有现在的名称或隶属，生效日期须更晚。")
            % {"name": organization, "day": day_text(on)}
        )


def _lock(target: Organization, details: Details) -> None:
    ids = {target.pk, details.get("parent"), details.get("successor")} - {None}
    lock_nodes(Organization, ids)


def _check_rename(target: Organization, on: date, details: Details) -> Details:
    check_changeable(target, on=on)
    name = str(details.get("name") or target.name)
    unit_name = str(details.get("unit_name") or target.unit_name)
    if max(len(name), len(unit_name)) > NAME_LENGTH:
        raise ChangeRefused(_("名称不能超过 %(most)d 个字。") % {"most": NAME_LENGTH})
    if (name, unit_name) == (target.name, target.unit_name):
        raise ChangeRefused(_("名称和所在单位都没有变化。"))
    with_children = bool(details.get("with_children", True))
    return {"name": name, "unit_name": unit_name, "with_children": with_children}


def _rename(change: RegisterChange, by: User | None) -> None:
    target, on = change.organization, change.effective_on
    details = _check_rename(target, on, change.details)
    old_unit = target.unit_name
    followers = children_of_unit(target) if details["with_children"] else []
    target.name, target.unit_name = details["name"], details["unit_name"]
    save_organization(organization=target, by=by, on=on)
    if target.unit_name == old_unit:
        return
    for follower in followers:
        follower.unit_name = target.unit_name
        save_organization(organization=follower, by=by, on=max(on, follower.starts_on))


def children_of_unit(organization: Organization) -> list[Organization]:
    """What stands below an organisation and belongs to the same unit."""
    below = Organization.objects.below(organization).standing()
    same = below.filter(unit_name=organization.unit_name)
    return list(same.exclude(pk=organization.pk).order_by("pk"))


def _check_move(target: Organization, on: date, details: Details) -> Details:
    check_changeable(target, on=on)
    parent = standing_parent(details.get("parent"), on=on)
    if parent.pk == target.parent_id:
        raise ChangeRefused(_("上级党组织没有变化。"))
    check_parent(target, parent)
    return {"parent": parent.pk}


def _move(change: RegisterChange, by: User | None) -> None:
    target, on = change.organization, change.effective_on
    details = _check_move(target, on, change.details)
    target.parent = Organization.objects.get(pk=details["parent"])
    save_organization(organization=target, by=by, on=on)


def _state_on(target: Organization, on: date) -> str:
    """The state once the planned changes before `on` are carried out."""
    planned = target.changes.filter(
        state=RegisterChange.State.PLANNED,
        kind__in=[Kind.SUSPEND, Kind.RESUME],
        effective_on__lt=on,
    )
    last = planned.order_by("effective_on", "pk").last()
    if last is None:
        return target.state
    return State.SUSPENDED if last.kind == Kind.SUSPEND else State.ACTIVE


def _check_halted_before(target: Organization, on: date) -> None:
    """What was halted and resumed stays so: nothing is put in before it."""
    applied = target.changes.filter(
        state=RegisterChange.State.APPLIED,
        kind__in=[Kind.SUSPEND, Kind.RESUME],
        effective_on__gt=on,
    )
    if last := applied.order_by("effective_on", "pk").last():
        raise ChangeRefused(
            _("%(name)s自%(day)s起已%(kind)s，生效日期不能更早。")
            % {
                "name": target,
                "day": day_text(last.effective_on),
                "kind": last.get_kind_display(),
            }
        )


def _check_suspend(target: Organization, on: date, details: Details) -> Details:
    check_changeable(target, on=on)
    _check_halted_before(target, on)
    if _state_on(target, on) == State.SUSPENDED:
        raise ChangeRefused(_("%(name)s已经停用。") % {"name": target})
    return {}


def _suspend(change: RegisterChange, by: User | None) -> None:
    change.organization.move_to(State.SUSPENDED, by=by, reason=change.reason)


def _check_resume(target: Organization, on: date, details: Details) -> Details:
    check_changeable(target, on=on)
    _check_halted_before(target, on)
    if _state_on(target, on) == State.ACTIVE:
        raise ChangeRefused(_("%(name)s没有停用。") % {"name": target})
    return {}


def _resume(change: RegisterChange, by: User | None) -> None:
    change.organization.move_to(State.ACTIVE, by=by, reason=change.reason)


def _check_dissolve(target: Organization, on: date, details: Details) -> Details:
    check_can_end(target, on=on)
    standing = what_stands(target, on=on)
    if standing:
        raise ChangeRefused(
            _(
                "%(name)s还有未了的事项：%(standing)s。"
                "请先处理，或者改用“合并”由其他党组织承接。"
            )
            % {"name": target, "standing": "；".join(standing)}
        )
    return {}


def what_stands(organization: Organization, *, on: date) -> list[str]:
    """In words, what keeps an organisation from being dissolved on `on`."""
    found = []
    for handover in handovers_for(organization):
        if handover.follows or handover.name == "memberships":  # they end with it
            continue
        rows = handover.held(organization, on=on, to=None)
        if rows:
            names = "、".join(row.text for row in rows[:LISTED])
            more = _("等") if len(rows) > LISTED else ""
            found.append(
                _("%(label)s %(count)d 项（%(names)s%(more)s）")
                % {
                    "label": handover.label,
                    "count": len(rows),
                    "names": names,
                    "more": more,
                }
            )
    return found


def _dissolve(change: RegisterChange, by: User | None) -> None:
    target, on = change.organization, change.effective_on
    _check_dissolve(target, on, change.details)
    end_memberships(target, on=on, by=by)
    last_day = on - timedelta(days=1)
    close_history(target, last_day=last_day)
    target.move_to(State.DISSOLVED, by=by, reason=change.reason, ends_on=last_day)


def _always(details: Details) -> bool:
    return True


register_applier(Organization, Kind.RENAME, Applier(_check_rename, _rename, _lock))
register_applier(Organization, Kind.MOVE, Applier(_check_move, _move, _lock))
register_applier(Organization, Kind.SUSPEND, Applier(_check_suspend, _suspend, _lock))
register_applier(Organization, Kind.RESUME, Applier(_check_resume, _resume, _lock))
register_applier(
    Organization, Kind.DISSOLVE, Applier(_check_dissolve, _dissolve, _lock, _always)
)
