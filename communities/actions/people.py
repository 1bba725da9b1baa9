"""Blocking an account and letting it in again."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.permissions import can_grant
from core import audit
from core.errors import RuleError


class BlockRefused(RuleError):
    """This account is not for this person to block."""


@transaction.atomic
def set_account_active(*, user: User, is_active: bool, reason: str, by: User) -> User:
    """Block an account, or let it in again.

    A blocked person is signed out at once. Raises BlockRefused for oneself, for a
    superuser, and for someone with a role that `by` could not grant.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == is_active:
        return user
    if not _may_block(by, user):
        raise BlockRefused(_("您不能停用或恢复该账号。"))
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    verb = "user_reactivated" if is_active else "user_deactivated"
    audit.record(f"accounts.{verb}", target=user, by=by, reason=reason)
    return user


def _may_block(by: User, user: User) -> bool:
    if by.pk == user.pk or user.is_superuser:
        return False
    roles = {membership.role for membership in user.memberships.active()}
    return by.is_superuser or all(can_grant(by, role, to=user) for role in roles)
