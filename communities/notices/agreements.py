"""Messages about co-building agreements."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications import Message, notify
from communities.models import Agreement
from core.dates import day_text


def agreement_ends(agreement: Agreement, people: list[User]) -> None:
    """Tell both sides, once for each last day, that the agreement ends soon."""
    words = {
        "title": agreement.title,
        "unit": agreement.organization.unit_name,
        "community": agreement.community.name,
        "day": day_text(agreement.ends_on),
    }
    notify(
        Message(
            recipient_id=user.pk,
            kind="agreement_ends",
            target=agreement,
            slot=agreement.ends_on.isoformat(),
            title=_("共建协议将于%(day)s到期") % words,
            body=_(
                "%(unit)s与%(community)s的“%(title)s”将于%(day)s到期，"
                "双方商定后可以在协议页面登记续签。"
            )
            % words,
            path=agreement.get_absolute_url(),
            has_email=True,
        )
        for user in people
    )
