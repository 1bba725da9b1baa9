"""Messages about certificates."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from volunteers.models import Certificate


def certificate_revoked(certificate: Certificate, *, now: datetime) -> None:
    """Tell the holder that a certificate is valid no more, and what to do."""
    words = {"number": certificate.number, "reason": certificate.reason}
    notify(
        [
            Message(
                recipient_id=certificate.volunteer.user_id,
                kind="certificate_revoked",
                target=certificate,
                title=_("志愿服务证明已撤销：%(number)s") % words,
                body=_(
                    "编号 %(number)s 的志愿服务证明已撤销，查验时会显示已撤销。"
                    "原因：%(reason)s 需要时可按现在的记录重新开具。"
                )
                % words,
                path=reverse("volunteers:certificate_detail", args=[certificate.pk]),
                has_email=True,
            )
        ],
        now=now,
    )
