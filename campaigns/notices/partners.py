"""Messages about joint activities: to whom, which words, which link."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications import Message, notify, withdraw
from campaigns.models import ActivityPartner
from communities.queries.officials import unit_officials

INVITED = "activity_partner_invited"


def partner_invited(partner: ActivityPartner) -> None:
    """Ask the officials of the organisation whether it joins."""
    _say(
        partner,
        unit_officials(partner.organization),
        kind=INVITED,
        title=_("联办邀请：%(title)s"),
        body=_(
            "%(leader)s邀请%(partner)s联办“%(title)s”，请打开活动页面确认或谢绝。"
            "确认后活动计入双方台账。"
        ),
    )


def partner_answered(partner: ActivityPartner) -> None:
    """Tell who invited what was answered."""
    if partner.state == ActivityPartner.State.CONFIRMED:
        title = _("联办已确认：%(title)s")
        body = _("%(partner)s已确认联办“%(title)s”。")
    else:
        title = _("联办被谢绝：%(title)s")
        body = _("%(partner)s谢绝联办“%(title)s”。")
    _say(
        partner,
        [partner.invited_by],
        kind="activity_partner_answered",
        title=title,
        body=body,
    )


def partner_withdrawn(partner: ActivityPartner, *, by: User) -> None:
    """Tell both sides that they do not hold it together any more."""
    withdraw(partner, kinds=[INVITED])
    people = {*unit_officials(partner.organization), partner.invited_by}
    _say(
        partner,
        sorted(people - {by}, key=lambda person: person.pk),
        kind="activity_partner_withdrawn",
        title=_("联办已撤回：%(title)s"),
        body=_("“%(title)s”不再由%(leader)s与%(partner)s联办。"),
    )


def _say(
    partner: ActivityPartner,
    people: Iterable[User],
    *,
    kind: str,
    title: str,
    body: str,
) -> None:
    words = {
        "title": partner.activity.title,
        "leader": partner.activity.organization.name,
        "partner": partner.organization.name,
    }
    notify(
        Message(
            recipient_id=person.pk,
            kind=kind,
            target=partner,
            title=title % words,
            body=body % words,
            path=partner.activity.get_absolute_url(),
            has_email=True,
        )
        for person in people
    )
