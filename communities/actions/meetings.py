"""Records joint meetings (联席会议) and how what was agreed there is done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import (
    Community,
    JointMeeting,
    MeetingAction,
    Organization,
    Pairing,
)
from core import audit
from core.dates import day_text
from core.errors import RuleError
from core.transactions import retried_atomic


class MeetingRefused(RuleError):
    """The record of a meeting breaks a rule; the text says which."""


@dataclass(frozen=True)
class Agreed:
    """One thing agreed on. Without an owner the community itself sees to it."""

    text: str
    due_on: date
    owner: Organization | None = None


@retried_atomic
def record_meeting(
    *,
    community: Community,
    title: str,
    held_on: date,
    place: str,
    record: str,
    organizations: Collection[Organization],
    agreed: Sequence[Agreed],
    by: User | None,
) -> JointMeeting:
    """Record a meeting that was held, who came and what was agreed on.

    Raises MeetingRefused for a day to come, a unit not paired with the community on
    that day, or something due before the meeting.
    """
    community = Community.objects.select_for_update().get(pk=community.pk)
    if held_on > timezone.localdate():
        raise MeetingRefused(_("会议还没有召开，请在会后登记。"))
    if community.ends_on is not None and community.ends_on < held_on:
        raise MeetingRefused(_("这个社区（村）当时已经撤并。"))
    owners = {item.owner for item in agreed if item.owner}
    _check_paired(community, held_on, {*organizations, *owners})
    for item in agreed:
        if item.due_on < held_on:
            raise MeetingRefused(
                _("“%(text)s”的完成期限早于会议日期。") % {"text": item.text}
            )
    meeting = JointMeeting.objects.create(
        community=community,
        title=title,
        held_on=held_on,
        place=place,
        record=record,
        created_by=by,
    )
    meeting.organizations.set(organizations)
    audit.record(
        "communities.joint_meeting_created",
        target=meeting,
        by=by,
        held_on=held_on,
        organizations=len(organizations),
        agreed=len(agreed),
    )
    for item in agreed:
        _add(meeting, item, by)
    return meeting


def _add(meeting: JointMeeting, item: Agreed, by: User | None) -> None:
    action = MeetingAction.objects.create(
        meeting=meeting, text=item.text, owner=item.owner, due_on=item.due_on
    )
    audit.record(
        "communities.meeting_action_created",
        target=action,
        by=by,
        due_on=item.due_on,
        owner=item.owner.unit_name if item.owner else "",
    )


@retried_atomic
def finish_meeting_action(
    *, action: MeetingAction, result: str, by: User | None
) -> None:
    """Mark what was agreed on as done, with what came of it; only once."""
    action = MeetingAction.objects.select_for_update().get(pk=action.pk)
    if action.done_at is not None:
        raise MeetingRefused(
            _("这件事已于%(day)s办结。")
            % {"day": day_text(timezone.localdate(action.done_at))}
        )
    action.done_at, action.done_by, action.result = timezone.now(), by, result
    action.save(update_fields=["done_at", "done_by", "result"])
    audit.record(
        "communities.meeting_action_finished", target=action, by=by, result=result
    )


def _check_paired(
    community: Community, day: date, organizations: set[Organization]
) -> None:
    paired = set(
        Pairing.objects.on(day)
        .filter(community=community)
        .values_list("organization_id", flat=True)
    )
    strangers = sorted(
        organization.unit_name
        for organization in organizations
        if organization.pk not in paired
    )
    if strangers:
        raise MeetingRefused(
            _("%(units)s在会议当天没有与这个社区（村）结对。")
            % {"units": "、".join(strangers)}
        )
