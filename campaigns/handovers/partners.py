"""Joint activities: a partner's invitation or share goes to its successor."""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.handovers.activities import first_moment, lock_open_campaigns
from campaigns.models import Activity, ActivityPartner
from campaigns.models.tally import tallied
from communities.actions.handovers import Handover, Held
from communities.models import Organization
from core import audit
from core.dates import day_text

State = ActivityPartner.State


class PartnerHandover(Handover):
    """An organisation's part in joint activities that are still open from the day on.

    Where the successor leads the activity, or has a part of its own, one of the two
    is withdrawn; a confirmed part stays rather than an invitation.
    """

    name = "activity_partners"
    label = gettext_lazy("联办的活动")
    node_models = (Organization,)

    def held(
        self, node: Organization, *, on: date, to: Organization | None
    ) -> list[Held]:
        return [
            Held(
                str(partner.pk),
                _("%(activity)s（%(day)s，%(state)s）")
                % {
                    "activity": partner.activity,
                    "day": day_text(partner.activity.starts_at),
                    "state": partner.get_state_display(),
                },
                _outcome(partner, to),
                partner.activity.get_absolute_url(),
            )
            for partner in _live(node, on)
        ]

    def kept(self, node: Organization, *, on: date) -> int:
        live = _live(node, on).values("pk")
        return node.joint_activities.exclude(pk__in=live).count()

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        lock_open_campaigns()
        rows = list(_live(node, on).select_for_update(of=("self",)))
        moved = [row for row in rows if keys is None or str(row.pk) in keys]
        for partner in moved:
            _hand_over(partner, to, by)
        _withdraw_leaders(to, by)
        return len(moved)


def _live(node: Organization, on: date) -> models.QuerySet:
    return (
        node.joint_activities.filter(
            state__in=ActivityPartner.LIVE_STATES,
            activity__state__in=Activity.UNFINISHED_STATES,
            activity__starts_at__gte=first_moment(on),
        )
        .select_related("activity__organization", "organization")
        .order_by("activity_id", "pk")
    )


def _outcome(partner: ActivityPartner, to: Organization | None) -> str:
    if to is None:
        return _("需要另行安排")
    if partner.activity.organization_id == to.pk:
        return _("“%(to)s”牵头，不再另列联办") % {"to": to}
    if _part_of(to, partner.activity):
        return _("并入“%(to)s”的联办") % {"to": to}
    return _("由“%(to)s”承接") % {"to": to}


def _part_of(to: Organization, activity: Activity) -> ActivityPartner | None:
    return to.joint_activities.filter(
        activity=activity, state__in=ActivityPartner.LIVE_STATES
    ).first()


def _hand_over(partner: ActivityPartner, to: Organization, by: User | None) -> None:
    if partner.activity.organization_id == to.pk:
        _withdraw(partner, to, by)
        return
    if held := _part_of(to, partner.activity):
        if held.state == State.CONFIRMED or partner.state == State.INVITED:
            _withdraw(partner, to, by)
            return
        _withdraw(held, to, by)
    before, partner.organization = partner.organization, to
    with tallied(Activity.objects, [partner.activity_id]):
        partner.save(update_fields=["organization"])
    audit.record(
        "campaigns.activity_partner_changed",
        target=partner,
        by=by,
        instead_of=before.pk,
    )


def _withdraw(partner: ActivityPartner, to: Organization, by: User | None) -> None:
    reason = _("单位变更后由“%(to)s”承接，不重复列为联办。") % {"to": to}
    partner.move_to(State.WITHDRAWN, by=by, reason=reason)


def _withdraw_leaders(to: Organization, by: User | None) -> None:
    """Whoever came to lead an activity by the change holds no other part in it."""
    rows = to.joint_activities.filter(
        state__in=ActivityPartner.LIVE_STATES,
        activity__organization=to,
        activity__state__in=Activity.UNFINISHED_STATES,
    )
    for partner in rows.select_for_update(of=("self",)).order_by("activity_id", "pk"):
        _withdraw(partner, to, by)
