"""Who may do what to a record of the campaign's work, by its state."""

from accounts.models import User
from campaigns.models import (
    Activity,
    ActivityPartner,
    Honor,
    Story,
    TaskAssignment,
    partner_activities,
)
from communities.permissions import Permission, Role, has_permission, memberships_with


def can_lead_activity(user: User, activity: Activity) -> bool:
    """Whether the user records for the leading organisation.

    It alone publishes, hands in, cancels and invites.
    """
    return has_permission(
        user, Permission.ACTIVITY_RECORD, organization=activity.organization
    )


def can_record_activity(user: User, activity: Activity) -> bool:
    """Whether the user records for the leading organisation or one that joined it."""
    if not has_permission(user, Permission.ACTIVITY_RECORD):
        return False
    joint = partner_activities(user, [ActivityPartner.State.CONFIRMED])
    return can_lead_activity(user, activity) or joint.filter(activity=activity).exists()


def can_edit_activity(user: User, activity: Activity) -> bool:
    """Whether the user may change its text and photos now."""
    return activity.is_editable and can_record_activity(user, activity)


def can_review_activity(user: User, activity: Activity) -> bool:
    """Whether the user may approve or return it; nobody reviews what is their own."""
    return (
        activity.state == Activity.State.SUBMITTED
        and user.pk not in {activity.submitted_by_id, activity.created_by_id}
        and has_permission(
            user, Permission.ACTIVITY_REVIEW, organization=activity.organization
        )
    )


def can_answer_partner(user: User, partner: ActivityPartner) -> bool:
    """Whether the user records for the organisation that was asked to join."""
    return has_permission(
        user, Permission.ACTIVITY_RECORD, organization=partner.organization
    )


def can_manage_shifts(user: User, activity: Activity) -> bool:
    """Whether the user opens and changes the activity's shifts."""
    return has_permission(
        user, Permission.SHIFT_MANAGE, organization=activity.organization
    )


def can_edit_honor(user: User, honor: Honor) -> bool:
    """Whether the user may change the application's text and evidence now.

    A family's is the community's, all others are the organisation's.
    """
    of_family = honor.is_of_family
    return honor.state in Honor.EDITABLE_STATES and has_permission(
        user,
        Permission.HONOR_APPLY,
        organization=None if of_family else honor.organization,
        community=honor.community if of_family else None,
    )


def can_edit_story(user: User, story: Story) -> bool:
    """Whether the user may change its text and photos now."""
    return story.state in Story.EDITABLE_STATES and can_write_story(user, story)


def can_keep_consents(user: User, thing: Honor | Story) -> bool:
    """Whether the user asks the people shown, records their consents, hands out slips.

    For a story who writes it, for a family's honour its community.
    """
    if isinstance(thing, Honor):
        return thing.is_of_family and has_permission(
            user, Permission.HONOR_APPLY, community=thing.community
        )
    return can_write_story(user, thing)


def can_see_consents(user: User, thing: Honor | Story) -> bool:
    """Whether the user reads who consented: those who keep it, and the office.

    They also take a consent back for somebody who asks them to.
    """
    checks = Permission.STORY_PUBLISH
    if isinstance(thing, Honor):
        checks = Permission.HONOR_CHECK
    return can_keep_consents(user, thing) or has_permission(
        user, checks, organization=thing.organization, community=thing.community
    )


def can_write_story(user: User, story: Story) -> bool:
    """Whether the user writes for its organisation or its community."""
    return has_permission(
        user,
        Permission.STORY_WRITE,
        organization=story.organization,
        community=story.community,
    )


def can_publish_story(user: User, story: Story) -> bool:
    """Whether the user judges stories; not their own, which the action refuses."""
    return has_permission(
        user,
        Permission.STORY_PUBLISH,
        organization=story.organization,
        community=story.community,
    )


def sees_all_tasks(user: User) -> bool:
    """Whether the user sees the tasks of the whole district, not only assignments."""
    narrow = {Role.UNIT, Role.STREET, Role.COMMUNITY}
    held = memberships_with(user, Permission.TASK_VIEW)
    return any(membership.role not in narrow for membership in held)


def can_report_task(user: User, assignment: TaskAssignment) -> bool:
    """Whether the user acts for the organisation the task was handed to."""
    return has_permission(
        user, Permission.TASK_REPORT, organization=assignment.organization
    )
