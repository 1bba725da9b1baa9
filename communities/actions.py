"""Writes to the registers: memberships, organisations, pairings."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, Membership, Organization, Subdistrict
from communities.permissions import can_grant
from core import audit
from core.errors import RuleError


class OrganizationRefused(RuleError):
    """The organisation does not fit into the tree."""


class GrantRefused(RuleError):
    """A role may not be granted this way."""


@transaction.atomic
def save_organization(*, organization: Organization, by: User | None) -> Organization:
    """Create or change an organisation and keep the paths below it right.

    Raises OrganizationRefused when the parent's kind is not allowed or the tree
    would close into a circle. Source: PRODUCT section 3, row Organization.
    """
    # One lock for the tree: moves are rare, and two at once could close a circle.
    list(Organization.objects.select_for_update().filter(parent=None).order_by("pk"))
    _check_parent(organization)
    is_new = organization.pk is None
    old_path = organization.path
    if not organization.code:
        organization.code = next_organization_code()
    organization.save()
    parent_path = organization.parent.path if organization.parent else ""
    organization.path = f"{parent_path}{organization.pk}/"
    if organization.path != old_path:
        organization.save(update_fields=["path"])
        if not is_new and old_path:
            _move_descendants(organization, old_path)
    verb = "organization_created" if is_new else "organization_changed"
    audit.record(f"communities.{verb}", target=organization, by=by)
    return organization


def _check_parent(organization: Organization) -> None:
    kind, parent = organization.kind, organization.parent
    allowed = Organization.PARENT_KINDS[kind]
    if parent is None:
        if allowed:
            raise OrganizationRefused(
                _("%(kind)s必须有上级党组织。") % {"kind": organization.get_kind_display()}
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
        .order_by("-code")
        .values_list("code", flat=True)
        .first()
    )
    return f"XC{int(last[2:]) + 1 if last else 1:04d}"


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
    Raises GrantRefused for oneself, a role not below one's own, or a wrong scope.
    """
    if by is not None and not can_grant(by, role, to=user):
        raise GrantRefused(_("您不能授予该角色。"))
    fields = _scope_fields(role, scope)
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


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """End a role; from tomorrow on the right is gone (today, if it began today).

    Raises GrantRefused for a role one could not grant.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if not can_grant(by, membership.role, to=membership.user):
        raise GrantRefused(_("您不能结束该授权。"))
    yesterday = timezone.localdate() - timedelta(days=1)
    membership.ends_on = max(membership.starts_on, yesterday)
    membership.save(update_fields=["ends_on"])
    audit.record("communities.membership_ended", target=membership, by=by)
