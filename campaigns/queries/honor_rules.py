"""Who may do what to an honour, and what stands in the way of its next step."""

from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Honor, HonorObjection
from communities.models import Community, Membership, Organization
from communities.permissions import ROLE_PERMISSIONS, Permission, has_permission
from communities.queries.history import successors
from communities.queries.officials import community_officials, unit_officials
from core.audit import was_done_by
from core.dates import day_text
from core.working_days import add_working_days

State = Honor.State
BEFORE_AWARD = (
    State.DRAFT,
    State.APPLIED,
    State.RETURNED,
    State.CHECKED,
    State.NOTICE,
)


# Rights ---------------------------------------------------------------------


def can_apply_honor(user: User, honor: Honor) -> bool:
    """Whether the user applies for the honour's organisation or community."""
    if honor.is_of_family:
        return has_permission(user, Permission.HONOR_APPLY, community=honor.community)
    return has_permission(user, Permission.HONOR_APPLY, organization=honor.organization)


def can_check_honors(user: User) -> bool:
    """Whether the user checks, awards and revokes honours."""
    return has_permission(user, Permission.HONOR_CHECK)


def is_own_application(user: User, honor: Honor) -> bool:
    """Whether the user wrote the application or handed it in, this time or before."""
    if user.pk is None:
        return False
    is_own = user.pk in {honor.created_by_id, honor.applied_by_id}
    return is_own or was_done_by(honor, "campaigns.honor_applied", user)


# Refusals: "" when nothing stands in the way ---------------------------------


def refusal_of_consent(honor: Honor) -> str:
    """Why a family may not be shown now."""
    if not honor.is_of_family:
        return ""
    if not honor.consents.filter(withdrawn_at=None).exists():
        return _("文明家庭须先登记家庭的展示同意，才能继续办理。")
    if not honor.is_public:
        return _("有家庭成员撤回了展示同意，须重新登记同意，才能继续办理。")
    return ""


def refusal_to_notice(honor: Honor) -> str:
    """Why the public notice cannot begin."""
    if honor.state != State.CHECKED:
        return _("当前状态为“%(state)s”，不能开始公示。") % _state(honor)
    return refusal_of_consent(honor)


def refusal_to_award(honor: Honor, *, today: date) -> str:
    """Why it cannot be awarded: notice days left, open objections, no consent."""
    if honor.state != State.NOTICE:
        return _("当前状态为“%(state)s”，不能命名。") % _state(honor)
    if today <= honor.notice_ends_on:
        return _("公示到%(day)s为止，期满后才能命名。") % {
            "day": day_text(honor.notice_ends_on)
        }
    if honor.objections.filter(state=HonorObjection.State.OPEN).exists():
        return _("还有异议没有处理，处理完才能命名。")
    return refusal_of_consent(honor)


def check_opens() -> timedelta:
    """How long before it is due a yearly check may be recorded."""
    return timedelta(days=settings.HONOR_CHECK_OPENS_DAYS)


def refusal_to_check_award(honor: Honor, *, today: date) -> str:
    """Why the yearly check cannot be recorded now."""
    if honor.state != State.AWARDED:
        return _("当前状态为“%(state)s”，不用复核。") % _state(honor)
    first = honor.check_due_on - check_opens()
    if today < first:
        return _("下次复核在%(due)s前完成，%(first)s起可以登记。") % {
            "due": day_text(honor.check_due_on),
            "first": day_text(first),
        }
    return ""


def notice_days(today: date) -> tuple[date, date]:
    """The first and the last day of a notice begun today. Raises CalendarMissing."""
    return today, add_working_days(today, settings.HONOR_NOTICE_DAYS)


def takes_objections(honor: Honor, *, today: date) -> bool:
    """Whether people may object to it today."""
    return (
        honor.state == State.NOTICE
        and honor.is_public
        and honor.notice_starts_on <= today <= honor.notice_ends_on
    )


def _state(honor: Honor) -> dict[str, str]:
    return {"state": honor.get_state_display()}


# Whom to tell ----------------------------------------------------------------


def holder_of_today(honor: Honor) -> Organization | Community:
    """Who answers for the honour today: the successor of what was merged."""
    node = honor.community if honor.is_of_family else honor.organization
    heir = successors(type(node)).get(node.pk) if node.successor_id else None
    return node if heir is None else type(node).objects.get(pk=heir)


def officials_of_honor(honor: Honor) -> set[int]:
    """Ids of those who act for its holder today, and of who handed it in, if still."""
    node = holder_of_today(honor)
    if isinstance(node, Community):
        officials = community_officials(node)
    else:
        officials = unit_officials(node)
    people = {user.pk for user in officials}
    applicant = honor.applied_by or honor.created_by
    if applicant.is_active and can_apply_honor(applicant, honor):
        people.add(applicant.pk)
    return people


def people_of_the_office() -> set[int]:
    """Ids of those who check honours."""
    roles = [
        role
        for role, permissions in ROLE_PERMISSIONS.items()
        if Permission.HONOR_CHECK in permissions
    ]
    held = Membership.objects.active().filter(role__in=roles, user__is_active=True)
    return set(held.values_list("user_id", flat=True))
