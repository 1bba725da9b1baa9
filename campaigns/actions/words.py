"""Writes to the words of pillars and initiatives; what they said before is kept."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Initiative, InitiativeVersion, Pillar, PillarVersion
from communities.models import BEGINNING
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

Row = Pillar | Initiative
_KEPT: dict[type, tuple[type, str, tuple[str, ...]]] = {
    Pillar: (PillarVersion, "pillar", ("title", "summary")),
    Initiative: (InitiativeVersion, "initiative", ("title",)),
}


class WordsRefused(RuleError):
    """The new words cannot be taken."""


@retried_atomic
def rename_pillar(
    *, pillar: Pillar, title: str, summary: str, today: date, by: User | None
) -> Pillar:
    """Change what a pillar is called and asks for, from today on.

    Older records go on showing the words of their day. Raises WordsRefused for an
    empty title.
    """
    return _rename(pillar, {"title": title, "summary": summary}, today=today, by=by)


@retried_atomic
def rename_initiative(
    *, initiative: Initiative, title: str, today: date, by: User | None
) -> Initiative:
    """Change what an initiative is called, from today on; see rename_pillar.

    Raises WordsRefused for an empty title, or one the pillar has already.
    """
    return _rename(initiative, {"title": title}, today=today, by=by)


def _rename(row: Row, words: dict[str, str], *, today: date, by: User | None) -> Row:
    row = type(row).objects.select_for_update().get(pk=row.pk)
    words = {name: text.strip() for name, text in words.items()}
    if not words["title"]:
        raise WordsRefused(_("名称不能为空。"))
    changed = {name: text for name, text in words.items() if getattr(row, name) != text}
    if not changed:
        return row
    before = row.title
    _begin_history(row)
    for name, text in changed.items():
        setattr(row, name, text)
    _save(row, list(changed))
    _keep(row, on=today)
    audit.record(
        f"campaigns.{audit.noun_of(row)}_changed",
        target=row,
        by=by,
        fields=list(changed),
        before=before if "title" in changed else "",
    )
    return row


def _save(row: Row, fields: list[str]) -> None:
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError as error:
        raise WordsRefused(_("该板块下已有同名举措。")) from error


def _versions(row: Row) -> tuple:
    """The versions of a row, and its words as one would hold them."""
    model, name, fields = _KEPT[type(row)]
    words = {field: getattr(row, field) for field in fields}
    return model.objects.filter(**{name: row}), {name: row}, words


def _begin_history(row: Row) -> None:
    """Keep the words of one that was never renamed: nobody knows since when."""
    versions, owner, words = _versions(row)
    if not versions.exists():
        versions.create(**owner, **words, starts_on=BEGINNING)


def _keep(row: Row, *, on: date) -> None:
    """Write the row, as it was just saved, into its history from `on`.

    A second change on the day the latest version began corrects that version. A
    clock set back does the same: history never overlaps. The caller holds the lock.
    """
    versions, owner, words = _versions(row)
    latest = versions.order_by("-starts_on").first()
    if on <= latest.starts_on:
        versions.filter(pk=latest.pk).update(**words)
        return
    versions.filter(pk=latest.pk).update(ends_on=on - timedelta(days=1))
    versions.create(**owner, **words, starts_on=on)
