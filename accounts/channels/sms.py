"""SMS through a gateway: the provider's own, or a small adapter in front of it.

The contract. The portal posts to SMS_URL, with "Authorization: Bearer <SMS_TOKEN>":

    {"id": "notification-7", "phone": "+8613800138000", "sign": "芗城创城协同平台",
     "text": "one line of at most 300 characters"}

- 2xx with {"ok": true}: taken. {"ok": false, "reason": "..."}: never will be (wrong
  number, unsubscribed); the reason is shown to staff and must name no person.
- The same `id` is the same message, for at least 24 hours: whoever has taken it
  answers {"ok": true} again and sends nothing. So the portal may ask once more when
  an answer was lost; without that it could not tell a lost message from a sent one.
- 429 or 503, with Retry-After where known: not taken, to be tried again.
- 401, 403, 404, 405 and redirects: the address or the token is wrong; all messages
  wait until it is set right.
- Other 4xx: never will be taken. Anything else is asked again.

Answers come within 8 seconds and are at most 64 kB long.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.channels.base import Envelope, Refused, Unavailable, Unclear, Unreachable
from accounts.channels.http import NoConnection, Rejected, Timeouts, post_json
from accounts.channels.mail_text import one_line
from accounts.models import Channel as Code
from accounts.models import User
from core.personal_data import personal_data_in

MOST_CHARACTERS = 300
# Six digits, as ALLAUTH_USER_CODE_FORMAT says; shorter ones may be numbers of errors.
_CODE = re.compile(r"[0-9]{6,}")
# A person waits; with a code that may be on its way they are asked for it.
WITHIN_A_REQUEST = Timeouts(connect=1.5, answer=3)
# What the gateway says to every message alike.
OF_THE_SETTINGS = {301, 302, 303, 307, 308, 401, 403, 404, 405}


class SmsChannel:
    """SMS to the phone of the account."""

    code = Code.SMS

    def is_ready(self) -> bool:
        return bool(settings.SMS_URL)

    def address_of(self, user: User) -> str:
        """The phone, once it is proved where the portal asks for proof."""
        is_proved = user.phone_verified_at or not (
            settings.ACCOUNT_PHONE_VERIFICATION_ENABLED
        )
        return user.phone or "" if user.is_active and is_proved else ""

    @contextmanager
    def open(self) -> Iterator["SmsConnection"]:
        yield SmsConnection()


class SmsConnection:
    """The gateway. Each message is a request of its own."""

    def send(self, envelope: Envelope) -> None:
        try:
            text = text_of(envelope)
            send_sms(key=envelope.key, phone=envelope.user.phone, text=text)
        except Unclear as error:
            # The gateway knows the key: asking again sends nothing twice.
            raise Unavailable(str(error)) from None


def send_code(*, phone: str, code: str) -> None:
    """Send a code of sign-up at once. Raises Unavailable, Refused or Unclear."""
    text = _("验证码%(code)s，请勿告诉他人。") % {"code": code}
    key = f"code-{uuid.uuid4()}"
    send_sms(key=key, phone=phone, text=text, timeouts=WITHIN_A_REQUEST)


def send_sms(
    *, key: str, phone: str, text: str, timeouts: Timeouts | None = None
) -> None:
    """Hand one text to the gateway; `key` is the same for each try.

    Raises Unreachable, Unavailable, Refused or Unclear.
    """
    values = {
        "id": key,
        "phone": phone,
        "sign": settings.PORTAL_NAME,
        "text": text,
    }
    try:
        answer = post_json(
            settings.SMS_URL, values, token=settings.SMS_TOKEN, timeouts=timeouts
        )
    except NoConnection as error:
        raise Unreachable(str(error)) from None
    except Rejected as error:
        if error.status not in OF_THE_SETTINGS:
            raise
        raise Unreachable(
            _("短信网关的地址或令牌不对（HTTP %(status)s），请检查设置。")
            % {"status": error.status}
        ) from None
    match answer.get("ok"):
        case True:
            return
        case False:
            raise Refused(
                _("短信网关拒收：%(reason)s") % {"reason": _reason(answer, values)}
            )
    raise Unclear(_("看不懂短信网关的答复。"))


def _reason(answer: dict, values: dict[str, str]) -> str:
    """What the gateway says, in one line, without the number and what was sent.

    It may repeat the text: a code of sign-up must not reach the logs.
    """
    reason = one_line(str(answer.get("reason", ""))[:MOST_CHARACTERS])
    phone, sent = values["phone"], values["text"]
    secrets = [sent, phone, phone.removeprefix("+"), phone.removeprefix("+86")]
    for secret in (*secrets, *_CODE.findall(sent)):
        reason = reason.replace(secret, "***")
    if personal_data_in(reason):  # the number in another spelling
        reason = ""
    return reason[:100] or _("未说明原因")


def text_of(envelope: Envelope) -> str:
    """Title, text and link in one line; the text gives way to the link."""
    tail = f" {envelope.url}" if envelope.url else ""
    words = " ".join(f"{envelope.title}：{envelope.body}".split())
    room = MOST_CHARACTERS - len(tail)
    return (words if len(words) <= room else f"{words[: room - 1]}…") + tail
