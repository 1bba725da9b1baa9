"""What an activity still lacks before the office looks at it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.models import Activity, Deed, Evidence, Initiative, StudySession

EVIDENCE = "evidence"


@dataclass(frozen=True)
class Missing:
    """One thing to do: in words, and the field of the form where it is done.

    `field` is "evidence" for what is done among the photos; `evidence_id` names the
    one whose caption is not complete.
    """

    text: str
    field: str
    evidence_id: int | None = None


def wishes_of(initiative: Initiative) -> list[str]:
    """What the initiative asks of a record, in short phrases."""
    wishes = []
    if initiative.photos_wanted:
        wishes.append(_("照片至少 %(count)d 张") % {"count": initiative.photos_wanted})
    if initiative.wants_document:
        wishes.append(_("须附文件"))
    if initiative.wants_participant_count:
        wishes.append(_("须填参加人数"))
    if initiative.evidence_hint:
        wishes.append(initiative.evidence_hint)
    return wishes


def what_is_missing(activity: Activity) -> list[Missing]:
    """All that is missing, in the order of the form; empty when it may be handed in."""
    missing = []
    if not activity.text.strip():
        missing.append(Missing(_("请填写活动说明"), "text"))
    if activity.initiative.kind == Initiative.Kind.STUDY:
        missing += _of_study(activity)
    if activity.initiative.kind == Initiative.Kind.DEED:
        missing += _of_deed(activity)
    if activity.initiative.wants_participant_count and not activity.participant_count:
        missing.append(Missing(_("请填写参加人数"), "participant_count"))
    return missing + _of_evidence(activity)


def _of_study(activity: Activity) -> list[Missing]:
    study = StudySession.objects.filter(activity=activity).first() or StudySession()
    missing = []
    if not study.topic:
        missing.append(Missing(_("请填写学习主题"), "topic"))
    if not study.host:
        missing.append(Missing(_("请填写主持人"), "host"))
    if len(study.name_list) > (activity.participant_count or 0):
        text = _("记名的人数多于参加人数，请核对")
        missing.append(Missing(text, "participant_count"))
    return missing


def _of_deed(activity: Activity) -> list[Missing]:
    deed = Deed.objects.filter(activity=activity).first() or Deed()
    missing = []
    if not deed.promise:
        missing.append(Missing(_("请填写承诺事项"), "promise"))
    if deed.done_on is None:
        missing.append(Missing(_("请填写实际完成日期"), "done_on"))
    if not deed.result.strip():
        missing.append(Missing(_("请填写办理结果"), "result"))
    return missing


def _of_evidence(activity: Activity) -> list[Missing]:
    held = list(activity.evidence.select_related("file").order_by("pk"))
    photos = [row for row in held if row.file.kind == row.file.Kind.PHOTO]
    initiative, missing = activity.initiative, []
    if len(photos) < initiative.photos_wanted:
        text = _("请至少上传 %(wanted)d 张照片（现有 %(count)d 张）") % {
            "wanted": initiative.photos_wanted,
            "count": len(photos),
        }
        missing.append(Missing(text, EVIDENCE))
    if initiative.wants_document and len(photos) == len(held):
        missing.append(Missing(_("请附上文件"), EVIDENCE))
    return missing + [gap for row in held for gap in _of_caption(row, photos)]


def _of_caption(row: Evidence, photos: list[Evidence]) -> list[Missing]:
    words = row.missing_words
    if not words:
        return []
    if row in photos:
        text = _("第 %(number)d 张照片的说明还缺：%(words)s") % {
            "number": photos.index(row) + 1,
            "words": "、".join(words),
        }
    else:
        text = _("文件“%(name)s”的说明还缺：%(words)s") % {
            "name": row.file,
            "words": "、".join(words),
        }
    return [Missing(text, EVIDENCE, row.pk)]
