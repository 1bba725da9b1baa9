"""What a text looks like when it goes out, with invented values."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from accounts.channels import mail_text, sms
from accounts.channels.base import Envelope
from accounts.models import User
from accounts.notifications.kinds import Kind, Text
from accounts.notifications.texts import Words, filled_with_samples


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One message on each channel; nothing is sent."""

    title: str
    subject: str
    mail: str
    sms: str


def preview_of(kind: Kind, text: Text, words: Words) -> Preview:
    """The words with the samples in their places, as mail and as SMS."""
    title, body = filled_with_samples(text, words)
    envelope = Envelope(
        key="preview",
        kind=kind.code,
        user=User(),
        title=title,
        body=body,
        url=settings.SITE_URL.rstrip("/") + reverse("accounts:inbox"),
    )
    return Preview(
        title=title,
        subject=mail_text.subject_of(envelope),
        mail=mail_text.text_of(envelope),
        sms=sms.text_of(envelope),
    )
