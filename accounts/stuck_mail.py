"""Mail that did not go out: sent again or given up by a person, never by itself."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import Notification, User
from core import audit
from core.doorbell import ring
from core.errors import RuleError

EmailState = Notification.EmailState
STUCK_AFTER = timedelta(minutes=15)


class MailNotStuck(RuleError):
    """The mail is on its way, sent, or was never meant to go out."""


def requeue_email(*, notification: Notification, by: User, now: datetime) -> None:
    """Send a failed or stuck mail again; the caller opens the transaction.

    A mail whose worker died may have gone out already: only a person may decide to
    send it twice. Raises MailNotStuck.
    """
    notification = _lock_stuck(notification, now)
    notification.email_state = EmailState.DUE
    notification.due_at = now
    notification.email_attempts = 0
    notification.save(update_fields=["email_state", "due_at", "email_attempts"])
    audit.record("accounts.notification_requeued", target=notification, by=by)
    ring("accounts.deliver_notifications")


def drop_email(*, notification: Notification, by: User, now: datetime) -> None:
    """Give up a failed or stuck mail; the inbox keeps the message.

    The caller opens the transaction. Raises MailNotStuck.
    """
    notification = _lock_stuck(notification, now)
    notification.email_state = EmailState.DROPPED
    notification.save(update_fields=["email_state"])
    audit.record("accounts.notification_dropped", target=notification, by=by)


def _lock_stuck(notification: Notification, now: datetime) -> Notification:
    notification = Notification.objects.select_for_update().get(pk=notification.pk)
    is_stuck = (
        notification.email_state == EmailState.CLAIMED
        and notification.email_claimed_at <= now - STUCK_AFTER
    )
    if not (is_stuck or notification.email_state == EmailState.FAILED):
        raise MailNotStuck(_("只有发送失败或发送中超过 15 分钟的邮件可以处理。"))
    return notification
