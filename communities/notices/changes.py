"""Messages about changes of the registers."""

from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from communities.models import RegisterChange
from core.dates import day_text


def change_failed(change: RegisterChange) -> None:
    """Tell who planned a change that it could not be carried out, and why."""
    if change.created_by_id is None:
        return
    words = {
        "change": str(change),
        "day": day_text(change.effective_on),
        "refusal": change.refusal,
    }
    notify(
        [
            Message(
                recipient_id=change.created_by_id,
                kind="register_change_failed",
                target=change,
                title=_("名册变更未能生效：%(change)s") % words,
                body=_(
                    "原定%(day)s生效的“%(change)s”未能执行：%(refusal)s"
                    "请处理后重试，或撤回这项变更。"
                )
                % words,
                path=change.get_absolute_url(),
                has_email=True,
            )
        ]
    )
