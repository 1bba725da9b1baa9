"""Merging one organisation into another, with all that stands with it."""

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
from communities.actions.handovers.children import may_stand_below
from communities.actions.history import close_history
from communities.actions.organization_changes import (
    check_can_end,
    standing_organization,
)
from communities.actions.organizations import attach_organization
from communities.actions.touched import move_everything
from communities.models import Organization, RegisterChange


def check_merge(target: Organization, on: date, details: Details) -> Details:
    """Raise ChangeRefused unless `target` can go into `details["successor"]`.

    Organisations below must fit under the successor; they are named otherwise.
    Source: PRODUCT section 3, Organization; issue 3.
    """
    check_can_end(target, on=on)
    successor = standing_organization(details.get("successor"), on=on)
    if successor.pk == target.pk:
        raise ChangeRefused(_("不能与自己合并。"))
    if successor.state != Organization.State.ACTIVE:
        raise ChangeRefused(_("%(name)s已停用，恢复后才能承接。") % {"name": successor})
    if successor.is_below(target):
        raise ChangeRefused(
            _("不能并入自己的下级“%(name)s”，请先调整它的隶属。") % {"name": successor}
        )
    check_children_fit(target, successor)
    return {"successor": successor.pk}


def check_children_fit(target: Organization, successor: Organization) -> None:
    """Raise ChangeRefused with the names of children of a kind not allowed there."""
    misfits = [
        child.name
        for child in target.children.standing().order_by("pk")
        if not may_stand_below(child, successor.kind)
    ]
    if misfits:
        raise ChangeRefused(
            _(
                "下级党组织%(names)s不能设在%(kind)s“%(successor)s”之下。"
                "请先把它们调整到其他上级，再合并。"
            )
            % {
                "names": "、".join(f"“{name}”" for name in misfits),
                "kind": successor.get_kind_display(),
                "successor": successor,
            }
        )


def _lock(target: Organization, details: Details) -> None:
    ids = {target.pk, details.get("successor")} - {None}
    ids |= set(target.children.standing().values_list("pk", flat=True))
    lock_nodes(Organization, ids)


def _merge(change: RegisterChange, by: User | None) -> None:
    target, on = change.organization, change.effective_on
    details = check_merge(target, on, change.details)
    successor = Organization.objects.get(pk=details["successor"])
    moved = move_everything(target, successor, on=on, by=by)
    change.details = {**change.details, "moved": moved}
    change.save(update_fields=["details"])
    end_into(
        target,
        successor,
        state=Organization.State.MERGED,
        on=on,
        by=by,
        reason=change.reason,
    )


def end_into(
    organization: Organization,
    successor: Organization,
    *,
    state: str,
    on: date,
    by: User | None,
    reason: str,
) -> None:
    """Give an organisation its last day and its successor, and hang it below that."""
    last_day = on - timedelta(days=1)
    close_history(organization, last_day=last_day)
    organization.refresh_from_db()
    organization.move_to(
        state, by=by, reason=reason, successor=successor, ends_on=last_day
    )
    successor.refresh_from_db()
    attach_organization(organization, successor)


def _always(details: Details) -> bool:
    return True


register_applier(
    Organization,
    RegisterChange.Kind.MERGE,
    Applier(check_merge, _merge, _lock, _always),
)
