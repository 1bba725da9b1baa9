"""What the office has set about kinds of messages, with the portal's defaults."""

import unicodedata

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import KindSetting, KindText, User
from accounts.notifications.kinds import Kind, Lead, Unit, kind_of
from accounts.notifications.texts import check_words
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

MOST_LEADS = 5
LONGEST_LEADS = {
    Unit.HOURS: 14 * 24,
    Unit.DAYS: 180,
    Unit.WORKING_DAYS: 20,
    Unit.WORKING_HOURS: 70,
}
_COMMAS = str.maketrans("、;；/", ",,,,")


class KindRefused(RuleError):
    """The kind cannot be set so; says why."""


def is_on(code: str) -> bool:
    """Whether messages of this kind are planned and sent out; one query."""
    return not KindSetting.objects.filter(kind=code, is_on=False).exists()


def leads_of(code: str) -> list[int]:
    """The numbers of the kind's lead time, as the office or the settings say.

    Raises LookupError for a kind without a lead time. One query.
    """
    lead = _lead_of(code)
    own = KindSetting.objects.filter(kind=code).exclude(lead="").first()
    if own is not None:
        return [int(part) for part in own.lead.split(",")]
    return default_leads(lead)


def default_leads(lead: Lead) -> list[int]:
    """The numbers of the setting."""
    value = getattr(settings, lead.setting)
    return list(value) if lead.is_list else [value]


def parsed_leads(lead: Lead, typed: str) -> list[int]:
    """The numbers as typed ("48, 3"), each once, ascending; none when empty.

    Raises KindRefused for what is no number, too many of them, or beyond the bounds.
    """
    text = unicodedata.normalize("NFKC", typed.translate(_COMMAS)).strip()
    parts = [part.strip() for part in text.split(",")] if text else []
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        raise KindRefused(_("提前量须为整数，几个数用逗号隔开。"))
    numbers = sorted({int(part) for part in parts})
    most = MOST_LEADS if lead.is_list else 1
    if len(numbers) > most:
        raise KindRefused(_("最多填 %(most)d 个数。") % {"most": most})
    longest = LONGEST_LEADS[lead.unit]
    if numbers and not 1 <= numbers[0] <= numbers[-1] <= longest:
        raise KindRefused(
            _("提前量须在 1 至 %(longest)d %(unit)s之间。")
            % {"longest": longest, "unit": lead.unit.label}
        )
    return numbers


def _lead_of(code: str) -> Lead:
    lead = kind_of(code).lead
    if lead is None:
        raise LookupError(f"message kind {code!r} has no lead time")
    return lead


def has_switch(kind: Kind) -> bool:
    """Whether the kind can be kept from going out: the inbox takes all kinds."""
    return kind.is_sent_out and not kind.must_arrive


@retried_atomic
def switch_kind(*, code: str, is_on: bool, by: User) -> KindSetting:
    """Let messages of a kind go out, or not. Safe to run twice.

    Raises KindRefused for a kind that must arrive or stays in the inbox, LookupError
    for an unknown one.
    """
    kind = kind_of(code)
    if not (is_on or has_switch(kind)):
        raise KindRefused(_("必须送达的、只进收件箱的消息不能停发。"))
    row = _lock(kind)
    if row.is_on != is_on:
        _change(row, "is_on", is_on, by=by)
    return row


@retried_atomic
def set_leads(*, code: str, typed: str, by: User) -> KindSetting:
    """Set when reminders of a kind are due; empty, or the setting's: the setting.

    Raises KindRefused, and LookupError for a kind without a lead time.
    """
    lead = _lead_of(code)
    numbers = parsed_leads(lead, typed)
    if numbers == sorted(default_leads(lead)):
        numbers = []
    row = _lock(kind_of(code))
    value = ",".join(map(str, numbers))
    if row.lead != value:
        _change(row, "lead", value, by=by)
    return row


def _change(row: KindSetting, name: str, value: object, *, by: User) -> None:
    before = getattr(row, name)
    setattr(row, name, value)
    row.changed_by = by
    row.save(update_fields=[name, "changed_by", "changed_at"])
    audit.record(
        "accounts.kind_setting_changed",
        target=row,
        by=by,
        field=name,
        was=str(before),
        now=str(value),
    )


def _lock(kind: Kind) -> KindSetting:
    """The kind's row, locked: whoever changes anything about a kind takes it first."""
    rows = KindSetting.objects.select_for_update()
    return rows.get_or_create(kind=kind.code)[0]


@retried_atomic
def save_text(
    *, code: str, variant: str, title: str, body: str, by: User
) -> KindText | None:
    """Store the office's words of one variant; None when they are the portal's own.

    Raises TextRefused, and LookupError for a kind or variant without words.
    """
    title, body = check_words(code, variant, title=title, body=body)
    _lock(kind_of(code))
    held = KindText.objects.filter(kind=code, variant=variant).first()
    if not (title or body):
        return _remove(held, by=by)
    row = held or KindText(kind=code, variant=variant)
    if (row.title, row.body) == (title, body):
        return row
    was = _both(row)
    row.title, row.body, row.changed_by = title, body, by
    row.save()
    audit.record(
        "accounts.kind_text_changed", target=row, by=by, was=was, now=_both(row)
    )
    return row


@retried_atomic
def reset_text(*, code: str, variant: str, by: User) -> None:
    """Take the portal's own words again. Raises LookupError for a kind without."""
    kind = kind_of(code)
    if variant not in kind.texts:
        raise LookupError(f"message kind {code!r} has no words {variant!r}")
    _lock(kind)
    _remove(KindText.objects.filter(kind=code, variant=variant).first(), by=by)


def _remove(row: KindText | None, *, by: User) -> None:
    """The log keeps the words."""
    if row is None:
        return
    audit.record("accounts.kind_text_removed", target=row, by=by, was=_both(row))
    row.delete()


def _both(row: KindText) -> str:
    return " / ".join(filter(None, (row.title, row.body)))
