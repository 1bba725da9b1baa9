"""Links by which a message is switched off without signing in (RFC 8058).

The address is the right to act: signed, for one person, kind and channel. It has no
end, because mail is kept for years; all it can do is switch one thing off.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Channel, User
from accounts.notifications.digests import DIGEST
from accounts.notifications.kinds import KINDS, Kind

# The separator is one of those that the logs' filter masks (core/log_masks.py).
_SIGNER = Signer(salt="accounts.notifications.unsubscribing", sep=".")
ONE_CLICK = "One-Click"
_MARK = "here-goes-the-token"


@dataclass(frozen=True)
class Subscription:
    """A kind of message that a person gets by a channel."""

    user: User
    kind: Kind
    channel: Channel


def token_for(user: User, kind: str, channel: str) -> str:
    """What stands in the address of a person's unsubscribing page."""
    return _token(user.pk, kind, str(channel))


# A mail has it twice.
@lru_cache(maxsize=16)
def _token(user_id: int, kind: str, channel: str) -> str:
    return _SIGNER.sign_object([user_id, kind, channel])


def read_token(token: str) -> Subscription | None:
    """What the address is about; None for a forged one and a closed account."""
    try:
        user_id, code, channel = _SIGNER.unsign_object(token)
    except BadSignature:
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    kind = KINDS.get(code)
    if user is None or kind is None or channel not in Channel.values:
        return None
    return Subscription(user, kind, Channel(channel))


def headers_for(user: User, kind: str, channel: str) -> dict[str, str]:
    """Headers with which a mail program offers to unsubscribe by one click.

    None for what must arrive, and for a kind nobody registers any more.
    """
    if not _can_end(kind):
        return {}
    return {
        "List-Unsubscribe": f"<{_address(user, kind, channel)}>",
        "List-Unsubscribe-Post": f"List-Unsubscribe={ONE_CLICK}",
    }


def footer_for(user: User, kind: str, channel: str) -> str:
    """The last lines of a mail: how to get it no more, where to choose."""
    is_offered = _can_end(kind) and kind != DIGEST
    label = str(KINDS[kind].label) if is_offered else ""
    words = _footer(label, settings.SITE_URL, get_language())
    if not is_offered:
        return words
    return words.replace(_MARK, token_for(user, kind, channel))


@lru_cache(maxsize=256)
def _footer(label: str, site: str, _language: str) -> str:
    """The same for all who get the kind, with _MARK where the token will stand."""
    lines = [_("选择接收哪些消息：%(url)s") % {"url": site + _choices_path()}]
    if label:
        words = _("不再接收“%(kind)s”：%(url)s")
        lines.insert(0, words % {"kind": label, "url": site + _path()})
    return "\n".join(lines)


def _can_end(code: str) -> bool:
    kind = KINDS.get(code)
    return kind is not None and not kind.must_arrive


def _address(user: User, kind: str, channel: str) -> str:
    return settings.SITE_URL + _path().replace(_MARK, token_for(user, kind, channel))


# Resolved once: a sender writes two of these a mail.
@lru_cache(maxsize=1)
def _path() -> str:
    return reverse("accounts:unsubscribe", args=[_MARK])


@lru_cache(maxsize=1)
def _choices_path() -> str:
    return reverse("accounts:message_choices")
