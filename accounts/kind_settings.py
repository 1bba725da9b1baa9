"""What the office has set about kinds of messages, with the portal's defaults."""

from django.conf import settings

from accounts.kinds import kind_of
from accounts.models import KindSetting


def is_on(code: str) -> bool:
    """Whether messages of this kind are planned and sent out; one query."""
    return not KindSetting.objects.filter(kind=code, is_on=False).exists()


def leads_of(code: str) -> list[int]:
    """The numbers of the kind's lead time, as the office or the settings say.

    Raises LookupError for a kind without a lead time. One query.
    """
    lead = kind_of(code).lead
    if lead is None:
        raise LookupError(f"message kind {code!r} has no lead time")
    own = KindSetting.objects.filter(kind=code).exclude(lead="").first()
    if own is not None:
        return [int(part) for part in own.lead.split(",")]
    value = getattr(settings, lead.setting)
    return list(value) if lead.is_list else [value]
