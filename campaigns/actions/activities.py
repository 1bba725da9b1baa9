"""Writes to activities: save, publish, submit, cancel; reviews stand apart."""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.task_reopening import reopen_assignments_of
from campaigns.models import Activity, ActivityPartner, Campaign, Initiative
from campaigns.queries.completeness import Missing, what_is_missing
from communities.models import Organization
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

State = Activity.State
SECOND_CLICK = timedelta(minutes=1)
SAME_FORM = (
    "organization_id",
    "initiative_id",
    "community_id",
    "title",
    "starts_at",
    "ends_at",
    "place",
    "text",
    "participant_count",
)


class ActivityRefused(RuleError):
    """The activity is not fit for what was asked."""


class ActivityIncomplete(ActivityRefused):
    """What has to be there before the office looks at it is not; `missing` says what.

    Its text names all of it at once.
    """

    def __init__(self, missing: Sequence[Missing]) -> None:
        self.missing = list(missing)
        super().__init__(
            _("还不能提交审核：%(missing)s。")
            % {"missing": "；".join(gap.text for gap in missing)}
        )


class NotEditable(RuleError):
    """The activity is closed for changes."""


def lock_active_organization(number: int) -> Organization:
    """The organisation as it is now, its row locked, so that no merger slips in.

    Raises ActivityRefused unless it is active.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(pk=number)
    if organization.state != Organization.State.ACTIVE:
        raise ActivityRefused(
            _("%(name)s%(state)s，不能再记录新的活动。")
            % {"name": organization, "state": organization.get_state_display()}
        )
    return organization


def lock_campaigns(numbers: Iterable[int]) -> dict[int, Campaign]:
    """Campaigns as they are now, their rows locked, by number.

    Freezing waits for what goes on in a campaign, and the other way round: no record
    can slip past the figures.
    """
    rows = Campaign.objects.select_for_update(no_key=True).order_by("pk")
    return {row.pk: row for row in rows.filter(pk__in=set(numbers))}


def locked_activity(activity: Activity) -> Activity:
    """The activity as it is now, its campaign and its row locked."""
    held = Activity.objects.values_list("campaign_id", flat=True).get(pk=activity.pk)
    campaigns = lock_campaigns([held])
    locked = (
        Activity.objects.select_for_update(of=("self",))
        .select_related("organization", "initiative")
        .get(pk=activity.pk)
    )
    if locked.campaign_id not in campaigns:
        raise ActivityRefused(_("活动刚刚改到另一个行动，请刷新后再试。"))
    locked.campaign = campaigns[locked.campaign_id]
    return locked


def check_campaign(activity: Activity) -> None:
    """Raise ActivityRefused when its campaign takes no records."""
    if not activity.campaign.takes_records:
        raise ActivityRefused(
            _("行动“%(campaign)s”%(state)s，不能记录活动。")
            % {
                "campaign": activity.campaign.title,
                "state": activity.campaign.get_state_display(),
            }
        )


def check_editable(activity: Activity) -> None:
    """Raise NotEditable or ActivityRefused when it is closed for changes."""
    check_campaign(activity)
    if not activity.is_editable:
        raise NotEditable(
            _("活动%(state)s，不能再修改。") % {"state": activity.get_state_display()}
        )


@transaction.atomic
def create_activity(*, activity: Activity, by: User) -> Activity:
    """Save a new draft; the same one sent twice within a minute is saved once.

    In a frozen campaign it goes to the addendum (PRODUCT section 3). Raises
    ActivityRefused when the campaign takes no records, or the organisation is no
    longer active.
    """
    # A second click, or a merger, comes at the same moment: they wait for each other.
    lock_active_organization(activity.organization_id)
    activity.campaign = lock_campaigns([activity.campaign_id])[activity.campaign_id]
    check_campaign(activity)
    activity.in_addendum = activity.campaign.is_frozen
    activity.counts_as_service &= _may_give_hours(activity)
    if held := _sent_before(activity, by):
        return held
    activity.created_by = by
    activity.save()
    audit.record("campaigns.activity_created", target=activity, by=by)
    return activity


def _sent_before(activity: Activity, by: User) -> Activity | None:
    """The draft that a form just like this one made a moment ago."""
    same = {name: getattr(activity, name) for name in SAME_FORM}
    return Activity.objects.filter(
        **same,
        state=State.DRAFT,
        created_by=by,
        created_at__gt=timezone.now() - SECOND_CLICK,
    ).first()


@retried_atomic
def update_activity(
    *, activity: Activity, values: dict[str, object], by: User
) -> Activity:
    """Change fields of an activity that is still open for changes.

    Raises NotEditable once it waits for review, is approved or cancelled, and
    ActivityRefused when the campaign takes no records, before or after, or when a
    published one would become shorter.
    """
    if organization := values.get("organization"):
        lock_active_organization(organization.pk)
    if campaign := values.get("campaign"):
        lock_campaigns([activity.campaign_id, campaign.pk])
        campaign.refresh_from_db()
    activity = locked_activity(activity)
    check_editable(activity)
    before = copy(activity)
    for name, value in values.items():
        setattr(activity, name, value)
    activity.counts_as_service &= _may_give_hours(activity)
    changed = [
        name
        for name in [*values, "counts_as_service"]
        if getattr(activity, name) != getattr(before, name)
    ]
    if activity.ends_at <= activity.starts_at:  # two people changed one each
        raise ActivityRefused(_("结束时间必须晚于开始时间。"))
    if activity.second_pillar_id == activity.pillar_id:
        raise ActivityRefused(_("第二板块不能与主板块相同。"))
    if "organization" in changed and _is_partner(activity):
        raise ActivityRefused(_("该党组织已在联办之列，请先撤回联办再改为牵头。"))
    is_shorter = (
        activity.starts_at > before.starts_at or activity.ends_at < before.ends_at
    )
    if activity.state == State.PUBLISHED and is_shorter:
        # People may have signed up for shifts in the time that would be cut off.
        raise ActivityRefused(_("活动已发布，起止时间只能放宽，不能缩短。"))
    check_campaign(activity)
    if activity.state == State.PUBLISHED:
        _check_safety(activity)
    if changed:
        activity.in_addendum = activity.campaign.is_frozen
        activity.save(update_fields=[*changed, "in_addendum"])
        audit.record(
            "campaigns.activity_changed",
            target=activity,
            by=by,
            fields=changed,
            changes=audit.edits(before, {n: getattr(activity, n) for n in changed}),
        )
    return activity


@retried_atomic
def publish_activity(*, activity: Activity, by: User) -> Activity:
    """Open a draft so that people can sign up for its shifts.

    Raises ActivityRefused when it is over already, or when medium or high risk lacks
    insurance and safety briefing. Source: 志愿服务条例 (PRODUCT section 4, risk).
    """
    activity = locked_activity(activity)
    check_campaign(activity)
    _check_safety(activity)
    if activity.is_over:
        raise ActivityRefused(_("活动已经结束，不能再发布，请直接提交审核。"))
    activity.move_to(State.PUBLISHED, by=by)
    return activity


@retried_atomic
def submit_activity(*, activity: Activity, by: User) -> Activity:
    """Hand an activity to the office for review.

    Raises ActivityRefused while it is not over, and ActivityIncomplete with all that
    is missing: text, photos with their captions, and what its initiative wants.
    """
    activity = locked_activity(activity)
    check_campaign(activity)
    if not activity.is_over:
        raise ActivityRefused(_("活动尚未结束，结束后才能提交审核。"))
    if missing := what_is_missing(activity):
        raise ActivityIncomplete(missing)
    if activity.state == State.PUBLISHED:
        activity.move_to(State.ENDED, by=None)
    activity.move_to(
        State.SUBMITTED, by=by, submitted_at=timezone.now(), submitted_by=by
    )
    return activity


@retried_atomic
def cancel_activity(*, activity: Activity, reason: str, by: User) -> Activity:
    """Cancel an activity for a reason; nothing about it is deleted.

    Shifts stand a floor above: call volunteers.actions.cancel_activity_with_shifts
    for one that has any.
    """
    activity = locked_activity(activity)
    if not reason.strip():
        raise ActivityRefused(_("取消活动必须写明理由。"))
    activity.move_to(State.CANCELLED, by=by, reason=reason.strip())
    reopen_assignments_of(activity, by)
    return activity


def end_due_activities(*, now: datetime) -> int:
    """Move published activities whose time is over to "ended"; returns how many."""
    due = Activity.objects.filter(state=State.PUBLISHED, ends_at__lte=now)
    ended = 0
    for pk in due.values_list("pk", flat=True)[:500]:
        with transaction.atomic():
            activity = locked_activity(Activity(pk=pk))
            if activity.state == State.PUBLISHED and activity.ends_at <= now:
                activity.move_to(State.ENDED, by=None)
                ended += 1
    return ended


def _may_give_hours(activity: Activity) -> bool:
    """Study sessions never give hours. Source: PRODUCT section 4, 第67号令 art. 19."""
    return activity.initiative.kind != Initiative.Kind.STUDY


def _is_partner(activity: Activity) -> bool:
    return activity.partners.filter(
        organization=activity.organization, state__in=ActivityPartner.LIVE_STATES
    ).exists()


def _check_safety(activity: Activity) -> None:
    if activity.lacks_safety:
        raise ActivityRefused(_("中、高风险活动须先填写保险和安全须知，才能发布。"))
