"""The whole policy on one page: who may do what, for which part of the district.

Scopes: a role of the district covers everything, `unit` an organisation and all
below it, `street` the communities of one street, `community` one community and those
merged into it. Every volunteer may act on their own data; that needs no permission
here.
Source: PRODUCT section 2.
"""

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import models

from accounts.models import User
from communities.models import Community, Membership, Organization

Role = Membership.Role


class Permission(StrEnum):
    """One thing a role may do."""

    DESK_ENTER = "desk.enter"
    ADMIN_ENTER = "admin.enter"
    AGREEMENT_MANAGE = "agreement.manage"
    AGREEMENT_VIEW = "agreement.view"
    ACTIVITY_RECORD = "activity.record"
    ACTIVITY_REVIEW = "activity.review"
    ACTIVITY_VIEW = "activity.view"
    AUDIT_VIEW = "audit.view"
    CAMPAIGN_MANAGE = "campaign.manage"
    HONOR_APPLY = "honor.apply"
    HONOR_CHECK = "honor.check"
    HONOR_VIEW = "honor.view"
    HOURS_OVERSEE = "hours.oversee"
    LEADER_MANAGE = "leader.manage"
    LEADER_VIEW = "leader.view"
    LEDGER_EXPORT = "ledger.export"
    MEETING_RECORD = "meeting.record"
    MEMBER_REPORT_IN_SIGN = "member_report_in.sign"
    MEMBERSHIP_GRANT = "membership.grant"
    NEED_CLAIM = "need.claim"
    NEED_PUBLISH = "need.publish"
    NEED_VIEW = "need.view"
    OVERVIEW_VIEW = "overview.view"
    PAIRING_PUBLISH = "pairing.publish"
    PAIRING_VIEW = "pairing.view"
    PEOPLE_VIEW = "people.view"
    REGISTER_MANAGE = "register.manage"
    REPORT_EXPORT = "report.export"
    REPORT_IN_FOLLOW = "report_in.follow"
    REPORT_IN_SIGN = "report_in.sign"
    REPORT_IN_SUBMIT = "report_in.submit"
    REPORT_IN_VIEW = "report_in.view"
    REPORT_UNMASK = "report.unmask"
    RESOURCE_OFFER = "resource.offer"
    SHIFT_MANAGE = "shift.manage"
    STORY_PUBLISH = "story.publish"
    STORY_VIEW = "story.view"
    STORY_WRITE = "story.write"
    TASK_ASSIGN = "task.assign"
    TASK_REPORT = "task.report"
    TASK_VIEW = "task.view"
    WHISTLE_ANSWER = "whistle.answer"
    WHISTLE_BLOW = "whistle.blow"
    WHISTLE_DISPATCH = "whistle.dispatch"
    WHISTLE_VIEW = "whistle.view"


# What every official sees in scope: links of units and communities, tasks, honours,
# whistles.
_ALL_VIEW = frozenset(
    {
        Permission.AGREEMENT_VIEW,
        Permission.HONOR_VIEW,
        Permission.LEADER_VIEW,
        Permission.NEED_VIEW,
        Permission.PAIRING_VIEW,
        Permission.REPORT_IN_VIEW,
        Permission.STORY_VIEW,
        Permission.TASK_VIEW,
        Permission.WHISTLE_VIEW,
    }
)

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.OFFICE: frozenset(
        {
            Permission.ACTIVITY_REVIEW,
            Permission.ACTIVITY_VIEW,
            Permission.ADMIN_ENTER,
            Permission.AUDIT_VIEW,
            Permission.CAMPAIGN_MANAGE,
            Permission.DESK_ENTER,
            Permission.HONOR_CHECK,
            Permission.HOURS_OVERSEE,
            Permission.LEDGER_EXPORT,
            Permission.MEMBERSHIP_GRANT,
            Permission.OVERVIEW_VIEW,
            Permission.PEOPLE_VIEW,
            Permission.REPORT_EXPORT,
            Permission.REPORT_UNMASK,
            Permission.STORY_PUBLISH,
            Permission.TASK_ASSIGN,
            Permission.WHISTLE_DISPATCH,
        }
    )
    | _ALL_VIEW,
    Role.COMMITTEE: frozenset(
        {
            Permission.ACTIVITY_VIEW,
            Permission.ADMIN_ENTER,
            Permission.DESK_ENTER,
            Permission.LEADER_MANAGE,
            Permission.LEDGER_EXPORT,
            Permission.OVERVIEW_VIEW,
            Permission.PAIRING_PUBLISH,
            Permission.REGISTER_MANAGE,
            Permission.REPORT_EXPORT,
            Permission.REPORT_IN_FOLLOW,
            Permission.TASK_ASSIGN,
        }
    )
    | _ALL_VIEW,
    Role.UNIT: frozenset(
        {
            Permission.ACTIVITY_RECORD,
            Permission.ACTIVITY_VIEW,
            Permission.AGREEMENT_MANAGE,
            Permission.DESK_ENTER,
            Permission.HONOR_APPLY,
            Permission.LEADER_MANAGE,
            Permission.LEDGER_EXPORT,
            Permission.NEED_CLAIM,
            Permission.REPORT_IN_SUBMIT,
            Permission.RESOURCE_OFFER,
            Permission.SHIFT_MANAGE,
            Permission.STORY_WRITE,
            Permission.TASK_REPORT,
            Permission.WHISTLE_ANSWER,
        }
    )
    | _ALL_VIEW,
    Role.STREET: frozenset(
        {
            Permission.ACTIVITY_VIEW,
            Permission.DESK_ENTER,
            Permission.WHISTLE_DISPATCH,
        }
    )
    | _ALL_VIEW,
    Role.COMMUNITY: frozenset(
        {
            Permission.ACTIVITY_VIEW,
            Permission.AGREEMENT_MANAGE,
            Permission.DESK_ENTER,
            Permission.HONOR_APPLY,
            Permission.MEETING_RECORD,
            Permission.MEMBER_REPORT_IN_SIGN,
            Permission.NEED_PUBLISH,
            Permission.REPORT_IN_SIGN,
            Permission.STORY_WRITE,
            Permission.WHISTLE_BLOW,
        }
    )
    | _ALL_VIEW,
    Role.AUDITOR: frozenset(
        {
            Permission.ACTIVITY_VIEW,
            Permission.ADMIN_ENTER,
            Permission.AUDIT_VIEW,
            Permission.DESK_ENTER,
            Permission.LEDGER_EXPORT,
            Permission.OVERVIEW_VIEW,
            Permission.REPORT_EXPORT,
        }
    )
    | _ALL_VIEW,
}

# Who may grant which role: only roles below one's own. The office itself is granted
# on the command line (grant_office).
GRANTABLE: dict[str, frozenset[str]] = {
    Role.OFFICE: frozenset(
        {Role.COMMITTEE, Role.UNIT, Role.STREET, Role.COMMUNITY, Role.AUDITOR}
    ),
}


def memberships_of(user: User) -> list[Membership]:
    """The memberships that hold today; read once per user object."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_active_memberships"):
        held = list(Membership.objects.active().filter(user=user))
        # Most people hold none, and few hold more than one kind of scope.
        for scope in ("organization", "subdistrict", "community"):
            if any(getattr(membership, f"{scope}_id") for membership in held):
                models.prefetch_related_objects(held, scope)
        _take_over_communities(held)
        user._active_memberships = held
    return user._active_memberships


def _take_over_communities(memberships: list[Membership]) -> None:
    """Let officials of a community see what those merged into it left behind."""
    own = [held for held in memberships if held.role == Role.COMMUNITY]
    if not own:
        return
    merged = Community.objects.exclude(successor=None)
    following = dict(merged.values_list("pk", "successor_id"))
    for held in own:
        covered = {held.community_id}
        while (
            more := {pk for pk, heir in following.items() if heir in covered} - covered
        ):
            covered |= more
        held.covered_community_ids = covered


def memberships_with(user: User, permission: Permission) -> list[Membership]:
    """The user's memberships whose role holds the permission."""
    return [
        membership
        for membership in memberships_of(user)
        if permission in ROLE_PERMISSIONS[membership.role]
    ]


def has_permission(
    user: User,
    permission: Permission,
    *,
    organization: Organization | None = None,
    community: Community | None = None,
) -> bool:
    """Whether the user may do this, for this organisation or in this community.

    Without an object: whether the user may do it anywhere.
    """
    holders = memberships_with(user, permission)
    if organization is None and community is None:
        return bool(holders)
    return any(_covers(holder, organization, community) for holder in holders)


def _covers(
    membership: Membership,
    organization: Organization | None,
    community: Community | None,
) -> bool:
    if membership.role == Role.UNIT:
        return organization is not None and organization.is_below(
            membership.organization
        )
    if membership.role == Role.STREET:
        return (
            community is not None
            and community.subdistrict_id == membership.subdistrict_id
        )
    if membership.role == Role.COMMUNITY:
        return community is not None and community.pk in _communities_of(membership)
    return True


def scope_filter(
    user: User,
    permission: Permission,
    *,
    organization: str = "",
    community: str = "",
) -> models.Q:
    """A condition for the rows the user's roles with this permission cover.

    `organization` and `community` are the lookups from the filtered model to its
    organisation and community ("" when it has none). Nothing granted: no rows.
    """
    condition = models.Q(pk__in=[])
    for membership in memberships_with(user, permission):
        condition |= _scope_of(membership, organization, community)
    return condition


def _scope_of(membership: Membership, organization: str, community: str) -> models.Q:
    if membership.role == Role.UNIT:
        if not organization:
            return models.Q(pk__in=[])
        path = (
            "path__startswith"
            if organization == "self"
            else f"{organization}__path__startswith"
        )
        return models.Q(**{path: membership.organization.path})
    if membership.role in {Role.STREET, Role.COMMUNITY}:
        if not community:
            return models.Q(pk__in=[])
        if membership.role == Role.STREET:
            return models.Q(
                **{f"{community}__subdistrict_id": membership.subdistrict_id}
            )
        return models.Q(**{f"{community}_id__in": _communities_of(membership)})
    return ~models.Q(pk=None)


def _communities_of(membership: Membership) -> set[int]:
    """Its community and those merged into it; see `_take_over_communities`."""
    return getattr(membership, "covered_community_ids", {membership.community_id})


def organizations_for(user: User, permission: Permission) -> models.QuerySet:
    """Active organisations for which the user may do this, in tree order."""
    return Organization.objects.filter(
        scope_filter(user, permission, organization="self"),
        state=Organization.State.ACTIVE,
    )


def can_grant(user: User, role: str, *, to: User) -> bool:
    """Whether the user may give `role` to `to`: only below one's own, never oneself."""
    if user.pk == to.pk:
        return False
    return any(role in GRANTABLE.get(m.role, ()) for m in memberships_of(user))


def require(is_allowed: bool) -> None:
    """Answer 403 when a predicate says no."""
    if not is_allowed:
        raise PermissionDenied
