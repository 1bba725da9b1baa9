"""Writes to joint activities: one record, several owners."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.activities import (
    ActivityRefused,
    check_campaign,
    check_editable,
    lock_active_organization,
    locked_activity,
)
from campaigns.models import Activity, ActivityPartner
from campaigns.notices.partners import (
    partner_answered,
    partner_invited,
    partner_withdrawn,
)
from communities.models import Organization
from core import audit
from core.transactions import retried_atomic

State = ActivityPartner.State
# The counters write all owners of an activity into one text (ActivityTally.owners).
MOST_PARTNERS = 100
# What stands in approved figures does not change owners any more.
CLOSED_STATES = (Activity.State.APPROVED, Activity.State.CANCELLED)


@retried_atomic
def invite_partner(
    *, activity: Activity, organization: Organization, by: User
) -> ActivityPartner:
    """Ask another organisation to hold the activity together; tells its officials.

    Any active organisation may be asked, but the leading one. Raises ActivityRefused,
    also beyond MOST_PARTNERS, or NotEditable once the activity is closed for changes.
    """
    organization = lock_active_organization(organization.pk)
    activity = locked_activity(activity)
    check_editable(activity)
    if organization == activity.organization:
        raise ActivityRefused(_("牵头的党组织不用邀请自己。"))
    live = activity.partners.filter(state__in=ActivityPartner.LIVE_STATES)
    if live.count() >= MOST_PARTNERS:
        text = _("联办的党组织最多 %(most)d 个。")
        raise ActivityRefused(text % {"most": MOST_PARTNERS})
    try:
        with transaction.atomic():
            partner = ActivityPartner.objects.create(
                activity=activity, organization=organization, invited_by=by
            )
    except IntegrityError as error:
        raise ActivityRefused(_("该党组织已在联办之列。")) from error
    audit.record(
        "campaigns.activity_partner_invited",
        target=partner,
        by=by,
        activity=activity.pk,
    )
    partner_invited(partner)
    return partner


@retried_atomic
def answer_partner(
    *, partner: ActivityPartner, confirms: bool, by: User
) -> ActivityPartner:
    """Join the activity, or decline; tells who invited.

    Raises ActivityRefused once the activity is approved or cancelled (figures stand,
    above all those of a frozen campaign) and MoveRefused when it was answered before.
    """
    partner = _locked_partner(partner)
    check_campaign(partner.activity)
    if partner.activity.state in CLOSED_STATES:
        raise ActivityRefused(
            _("活动%(state)s，不能再确认或谢绝联办。")
            % {"state": partner.activity.get_state_display()}
        )
    partner.move_to(State.CONFIRMED if confirms else State.DECLINED, by=by)
    partner_answered(partner)
    return partner


@retried_atomic
def withdraw_partner(*, partner: ActivityPartner, by: User) -> ActivityPartner:
    """Take back an invitation, or end a joint ownership; tells the other side.

    Either side may. Raises NotEditable once the activity is closed for changes, and
    MoveRefused when the partner is none any more.
    """
    partner = _locked_partner(partner)
    check_editable(partner.activity)
    partner.move_to(State.WITHDRAWN, by=by)
    partner_withdrawn(partner, by=by)
    return partner


def _locked_partner(partner: ActivityPartner) -> ActivityPartner:
    activity = locked_activity(Activity(pk=partner.activity_id))
    locked = (
        ActivityPartner.objects.select_for_update(of=("self",))
        .select_related("organization", "invited_by")
        .get(pk=partner.pk)
    )
    locked.activity = activity
    return locked
