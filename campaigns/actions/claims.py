"""Makes a claimed need the draft of an activity."""

from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.activities import ActivityRefused, lock_campaigns
from campaigns.models import Activity, Campaign, Initiative, Pillar
from campaigns.queries.campaigns import current_campaign
from communities.models import NeedClaim, Organization
from core import audit
from core.transactions import retried_atomic

STARTS, ENDS = time(9), time(11)
DAYS_AHEAD = timedelta(days=7)


def activity_of(claim: NeedClaim) -> Activity | None:
    """The activity made for a claim; cancelled ones do not count."""
    held = claim.activities.exclude(state=Activity.State.CANCELLED)
    return held.first()


@retried_atomic
def create_activity_from_claim(
    *, claim: NeedClaim, by: User, now: datetime
) -> Activity:
    """Draft an activity for a live claim; a second time the same one comes back.

    It stands under the first open initiative of the pillar `service`, from 9 to 11 on
    the day the need is wanted by, or in a week when that is open or not ahead. Raises
    ActivityRefused when the claim is not live, or without campaign or initiative.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=claim.organization_id)
    claim = (
        NeedClaim.objects.select_for_update(of=("self",))
        .select_related("need__community", "organization")
        .get(pk=claim.pk)
    )
    if held := activity_of(claim):
        return held
    _check_live(claim)
    activity = _draft(claim, by, now)
    try:
        with transaction.atomic():
            activity.save()
    except IntegrityError as error:
        raise ActivityRefused(_("这项认领刚刚已建立活动，请刷新后查看。")) from error
    audit.record(
        "campaigns.activity_created", target=activity, by=by, need=claim.need.title
    )
    return activity


def _draft(claim: NeedClaim, by: User, now: datetime) -> Activity:
    need, initiative = claim.need, service_initiative()
    day = timezone.localdate(now) + DAYS_AHEAD
    if need.wanted_by is not None and need.wanted_by > timezone.localdate(now):
        day = need.wanted_by
    return Activity(
        campaign=locked_current_campaign(),
        organization=claim.organization,
        pillar=initiative.pillar,
        initiative=initiative,
        counts_as_service=initiative.counts_as_service,
        title=need.title,
        starts_at=timezone.make_aware(datetime.combine(day, STARTS)),
        ends_at=timezone.make_aware(datetime.combine(day, ENDS)),
        place=need.community.name,
        community=need.community,
        text=need.text,
        need_claim=claim,
        created_by=by,
    )


def _check_live(claim: NeedClaim) -> None:
    if not claim.is_live:
        raise ActivityRefused(_("认领已结束，不能再建立活动。"))
    if claim.organization.state != Organization.State.ACTIVE:
        raise ActivityRefused(
            _("%(organization)s%(state)s，不能建立活动。")
            % {
                "organization": claim.organization.name,
                "state": claim.organization.get_state_display(),
            }
        )


def locked_current_campaign() -> Campaign:
    """The campaign under way, locked: it may just be frozen.

    Raises ActivityRefused when there is none.
    """
    campaign = current_campaign()
    if campaign is not None:
        campaign = lock_campaigns([campaign.pk])[campaign.pk]
    if campaign is None or campaign.is_frozen:
        raise ActivityRefused(
            _("现在没有进行中的行动，还不能建立活动，请联系区文明办。")
        )
    return campaign


def service_initiative(*, about: str = "") -> Initiative:
    """An open initiative of the pillar `service`, for what asks for hands.

    First one whose title holds `about`, then one that gives service hours. Raises
    ActivityRefused when none is open.
    """
    initiatives = Initiative.objects.filter(
        pillar__code=Pillar.Code.SERVICE, is_open=True
    ).select_related("pillar")
    ordered = initiatives.order_by("-counts_as_service", "position", "pk")
    first = (about and ordered.filter(title__contains=about).first()) or ordered.first()
    if first is None:
        raise ActivityRefused(
            _("志愿服务板块没有启用的举措，还不能建立活动，请联系区文明办。")
        )
    return first
