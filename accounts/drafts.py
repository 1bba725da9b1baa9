"""What people type into long forms, kept for themselves until they send it.

A draft is no record: only its owner sees it, nothing is computed from it, and it goes
after 30 days. Files, tokens, passwords and how to reach a resident are never kept.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts.models import FormDraft, User
from core.errors import RuleError
from core.transactions import retried_atomic

KEPT = timedelta(days=30)
MOST_FIELDS = 60
MOST_BYTES = 20 * 1024
MOST_DRAFTS = 50
KEY = re.compile(r"[a-z]+(-[a-z0-9]+)+")
LONGEST_KEY = 60
NEVER_KEPT = ("password", "resident_")  # parts of names of fields
Fields = Mapping[str, list[str]]


class DraftRefused(RuleError):
    """This is not what a form sends."""


class DraftTooLong(DraftRefused):
    """There is more than a draft may hold."""


def is_draft_key(key: str) -> bool:
    """Whether this can name a form: "activity-new", "activity-12"."""
    return len(key) <= LONGEST_KEY and KEY.fullmatch(key) is not None


@retried_atomic
def save_draft(
    *,
    owner: User,
    key: str,
    fields: Fields,
    now: datetime,
    opened_at: datetime | None = None,
) -> FormDraft | None:
    """Keep what stands in a form; None when it has been sent or discarded since.

    `opened_at` is when the form was opened: what was still under way when its record
    was saved does not come back. Of each person the last 50 drafts are kept. Raises
    DraftRefused, or DraftTooLong above 60 fields or 20 kB.
    """
    fields = _checked(fields)
    rows = FormDraft.objects.select_for_update()
    draft, is_new = rows.get_or_create(
        owner=owner, key=key, defaults={"fields": fields, "saved_at": now}
    )
    if is_new:
        _keep_the_last(owner)
        return draft
    if not draft.fields and opened_at is not None and opened_at <= draft.saved_at:
        return None
    draft.fields, draft.saved_at = fields, now
    draft.save(update_fields=["fields", "saved_at"])
    return draft


def draft_of(*, owner: User, key: str, now: datetime) -> FormDraft | None:
    """What the owner typed into the form and has not sent; None when nothing."""
    held = FormDraft.objects.filter(owner=owner, key=key, saved_at__gt=now - KEPT)
    draft = held.first()
    return draft if draft and draft.fields else None


def typed_into(draft: FormDraft) -> MultiValueDict:
    """The draft's fields as a form gets them from a browser."""
    return MultiValueDict(draft.fields)


@retried_atomic
def drop_draft(*, owner: User, key: str, now: datetime) -> None:
    """Forget a draft, because its record is saved or its owner says so.

    An empty row stays behind, for what is still under way; see save_draft.
    """
    FormDraft.objects.update_or_create(
        owner=owner, key=key, defaults={"fields": {}, "saved_at": now}
    )


def purge_drafts(*, now: datetime) -> int:
    """Delete what nobody came back to for 30 days; returns how many."""
    count, _by_model = FormDraft.objects.filter(saved_at__lte=now - KEPT).delete()
    return count


def _checked(fields: Fields) -> dict[str, list[str]]:
    kept = {name: list(values) for name, values in fields.items() if _is_kept(name)}
    if len(kept) > MOST_FIELDS:
        raise DraftTooLong(_("表单的栏目过多，未能自动保存。"))
    for text in (text for name in kept for text in (name, *kept[name])):
        if not _is_text(text):
            raise DraftRefused(_("内容含有非法字符，未能自动保存。"))
    if len(json.dumps(kept, ensure_ascii=False).encode()) > MOST_BYTES:
        raise DraftTooLong(_("内容过长，未能自动保存。"))
    return kept


def _is_kept(name: str) -> bool:
    is_private = any(part in name.lower() for part in NEVER_KEPT)
    return not is_private and name != "csrfmiddlewaretoken"


def _is_text(text: str) -> bool:
    """Neither database keeps NUL or half a character in JSON."""
    return "\x00" not in text and not re.search("[\ud800-\udfff]", text)


def _keep_the_last(owner: User) -> None:
    rows = FormDraft.objects.filter(owner=owner).order_by("-saved_at", "-pk")
    surplus = rows.values_list("pk", flat=True)[MOST_DRAFTS:]
    FormDraft.objects.filter(pk__in=list(surplus)).delete()
