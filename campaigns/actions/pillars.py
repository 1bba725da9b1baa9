"""Writes to initiatives, the data under the pillars."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.words import rename_initiative
from campaigns.models import Initiative
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

FIXED_ONCE_USED = ("pillar", "kind")


class InitiativeRefused(RuleError):
    """The initiative cannot become what was asked."""


@retried_atomic
def update_initiative(
    *, initiative: Initiative, values: dict[str, object], today: date, by: User
) -> Initiative:
    """Change an initiative; a new title holds from today on (rename_initiative).

    Raises InitiativeRefused when it has activities and pillar or kind would change:
    what was recorded under it would mean something else.
    """
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    changed = {
        name: value
        for name, value in values.items()
        if getattr(initiative, name) != value
    }
    is_fixed = any(name in changed for name in FIXED_ONCE_USED)
    if is_fixed and initiative.activity_set.exists():
        raise InitiativeRefused(_("已有活动的举措不能更改板块和类型，请另建举措。"))
    title = changed.pop("title", None)
    said = audit.edits(initiative, changed)
    if changed:
        _save(initiative, changed)
        audit.record(
            "campaigns.initiative_changed",
            target=initiative,
            by=by,
            fields=[*changed],
            changes=said,
        )
    if title is not None:
        initiative = rename_initiative(
            initiative=initiative, title=title, today=today, by=by
        )
    return initiative


def _save(initiative: Initiative, changed: dict[str, object]) -> None:
    for name, value in changed.items():
        setattr(initiative, name, value)
    try:
        with transaction.atomic():
            initiative.save(update_fields=[*changed])
    except IntegrityError as error:
        raise InitiativeRefused(
            _("有人刚刚改过这项举措，请刷新后按现在的内容修改。")
        ) from error
