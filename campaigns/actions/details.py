"""Writes to what study sessions and deeds say beyond what all activities say."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.activities import (
    ActivityRefused,
    check_editable,
    locked_activity,
)
from campaigns.models import Activity, Deed, StudySession
from core import audit
from core.transactions import retried_atomic

Details = TypeVar("Details", StudySession, Deed)


@retried_atomic
def save_study(
    *,
    activity: Activity,
    values: Mapping[str, Any],
    are_names_agreed: bool = False,
    by: User,
) -> StudySession | None:
    """Change the topic, the host or the names of a study session; the rest stays.

    `names` is one name a line. New names are kept only with `are_names_agreed`, and
    not more of them than took part; where no number is given yet it becomes theirs.
    The audit log never repeats them. None when there is nothing to keep. Raises
    NotEditable and ActivityRefused. Source: issue 4, study session.
    """
    activity = locked_activity(activity)
    check_editable(activity)
    study = _held(StudySession, activity)
    changed = _take_over(study, values)
    if "names" in changed:
        _agree_on_names(study, are_names_agreed, by)
        changed += ["names_agreed_at", "names_agreed_by"]
    count, counted = len(study.name_list), []
    if count and activity.participant_count is None:
        activity.participant_count = count
        activity.save(update_fields=["participant_count"])
        counted = ["participant_count"]
    if count > (activity.participant_count or 0):
        raise ActivityRefused(_("记名的人数不能多于参加人数。"))
    return _saved(study, changed, by, also=counted)


@retried_atomic
def save_deed(
    *, activity: Activity, values: Mapping[str, Any], by: User
) -> Deed | None:
    """Change the promise, its date or what came of it; the rest stays.

    None when there is nothing to keep. Raises NotEditable, and ActivityRefused for a
    promise without its day, or a day of completion without a result.
    """
    activity = locked_activity(activity)
    check_editable(activity)
    deed = _held(Deed, activity)
    changed = _take_over(deed, values)
    is_empty = not (deed.promise or deed.promised_for or deed.done_on or deed.result)
    if not is_empty and not (deed.promise and deed.promised_for):
        raise ActivityRefused(_("请写明承诺事项和承诺完成日期。"))
    if deed.done_on is not None and not deed.result.strip():
        raise ActivityRefused(_("填写完成日期时须写明办理结果。"))
    return _saved(deed, changed, by)


def _held(model: type[Details], activity: Activity) -> Details:
    return model.objects.filter(activity=activity).first() or model(activity=activity)


def _take_over(row: models.Model, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _agree_on_names(study: StudySession, are_agreed: bool, by: User) -> None:
    if study.names and not are_agreed:
        raise ActivityRefused(_("记名须经本人同意，请先确认。"))
    study.names_agreed_at = timezone.now() if study.names else None
    study.names_agreed_by = by if study.names else None


def _saved(
    row: Details, changed: list[str], by: User, also: Sequence[str] = ()
) -> Details | None:
    """Save what changed; one line in the log, names of fields only.

    Who took part is nobody else's business.
    """
    if changed:
        row.save()
    if fields := [*changed, *also]:
        audit.record(
            "campaigns.activity_changed", target=row.activity, by=by, fields=fields
        )
    return row if row.pk is not None else None
