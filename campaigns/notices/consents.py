"""Messages about consents of people shown; they name nobody."""

from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from campaigns.models import Consent
from communities.queries.officials import community_officials, unit_officials


def consent_withdrawn(consent: Consent, *, by_id: int | None) -> None:
    """Tell the officials who keep it, without a reason and without a name."""
    thing = consent.thing
    recipients = {
        person.pk
        for person in [
            *unit_officials(thing.organization),
            *(community_officials(thing.community) if thing.community else []),
        ]
    }
    if consent.recorded_by.is_active:
        recipients.add(consent.recorded_by_id)
    words = {"thing": thing.audit_name}
    notify(
        Message(
            recipient_id=recipient_id,
            kind="consent_withdrawn",
            target=consent,
            title=_("展示同意已撤回：%(thing)s") % words,
            body=_(
                "有人撤回了展示同意，相关内容已从公开网页隐藏。撤回不需要理由，"
                "请不要询问；请从文字和照片中去掉本人后再处理。"
            ),
            path=thing.get_absolute_url(),
            has_email=True,
        )
        for recipient_id in sorted(recipients - {by_id})
    )
