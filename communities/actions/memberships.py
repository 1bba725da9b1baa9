"""Who gets and who loses a role."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, Membership, Organization, Subdistrict
from communities.permissions import can_grant
from core import audit
from core.errors import RuleError


class GrantRefused(RuleError):
    """A role may not be granted this way."""


@transaction.atomic
def grant_membership(
    *,
    user: User,
    role: str,
    by: User | None,
    scope: Organization | Subdistrict | Community | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give a person a role; `by` None is the command line.

    Granting the same role for the same scope again returns the one that holds.
    Raises GrantRefused for oneself, a role not below one's own, a wrong scope, or one
    that is merged, dissolved or ended.
    """
    if by is not None and not can_grant(by, role, to=user):
        raise GrantRefused(_("您不能授予该角色。"))
    fields = _scope_fields(role, scope)
    _check_stands(scope)
    User.objects.select_for_update().get(pk=user.pk)
    day = starts_on or timezone.localdate()
    held = Membership.objects.on(day).filter(user=user, role=role, **fields).first()
    if held:
        return held
    membership = Membership.objects.create(
        user=user, role=role, starts_on=day, ends_on=ends_on, granted_by=by, **fields
    )
    audit.record(
        "communities.membership_granted",
        target=membership,
        by=by,
        user_id=user.pk,
        role=role,
        scope=str(scope or ""),
    )
    return membership


def _scope_fields(
    role: str, scope: Organization | Subdistrict | Community | None
) -> dict[str, object]:
    kinds = {
        Membership.Role.UNIT: ("organization", Organization),
        Membership.Role.STREET: ("subdistrict", Subdistrict),
        Membership.Role.COMMUNITY: ("community", Community),
    }
    if role not in kinds:
        if scope is not None:
            raise GrantRefused(_("该角色面向全区，不需要选择范围。"))
        return {}
    name, model = kinds[role]
    if not isinstance(scope, model):
        raise GrantRefused(
            _("请为该角色选择%(scope)s。") % {"scope": model._meta.verbose_name}
        )
    return {name: scope}


def _check_stands(scope: Organization | Subdistrict | Community | None) -> None:
    """Nobody acts for what is no more; locked, as a merger hands the roles over."""
    if not isinstance(scope, Organization | Community):
        return
    held = type(scope).objects.select_for_update(no_key=True).get(pk=scope.pk)
    is_organization = isinstance(held, Organization)
    if held.is_over if is_organization else held.has_ended():
        raise GrantRefused(
            _("%(name)s已合并或撤销，请授权给承接的一方。") % {"name": held.name}
        )


@transaction.atomic
def end_membership(*, membership: Membership, by: User, reason: str = "") -> None:
    """End a role: the right is gone at once, its last day was yesterday.

    One that did not hold yesterday yet is voided. Raises GrantRefused for a role one
    could not grant, and for one that is over.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if not can_grant(by, membership.role, to=membership.user):
        raise GrantRefused(_("您不能结束该授权。"))
    today = timezone.localdate()
    is_over = membership.ends_on is not None and membership.ends_on < today
    if is_over or membership.voided_at is not None:
        raise GrantRefused(_("该授权已经结束。"))
    membership.ends_on = max(membership.starts_on, today - timedelta(days=1))
    if membership.starts_on >= today:
        membership.voided_at = timezone.now()
    membership.save(update_fields=["ends_on", "voided_at"])
    audit.record(
        "communities.membership_ended", target=membership, by=by, reason=reason
    )
