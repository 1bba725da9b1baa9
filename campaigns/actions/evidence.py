"""Writes to evidence: files given for an activity, an honour or a story."""

from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.activities import (
    ActivityRefused,
    NotEditable,
    check_editable,
    locked_activity,
)
from campaigns.models import Activity, Evidence, EvidenceFile, Honor, Story
from core import audit
from core.transactions import retried_atomic
from core.uploads import (
    CheckedDocument,
    CheckedPhoto,
    remove_private,
    removed_on_failure,
    save_private,
)

Target = Activity | Honor | Story


@dataclass(frozen=True)
class Words:
    """What a caption says: when, where, who, what for, and up to 500 characters."""

    taken_on: date | None = None
    place: str = ""
    people: str = ""
    purpose: str = ""
    explanation: str = ""


def words_of(target: Target) -> Words:
    """What a photo of the record most likely shows, to start a caption from.

    Who is on it only the person knows who took it.
    """
    if not isinstance(target, Activity):
        return Words(purpose=target.title if isinstance(target, Story) else "")
    return Words(
        taken_on=timezone.localdate(target.starts_at),
        place=target.place,
        purpose=target.title,
    )


def evidence_of(target: Target) -> dict[str, Target]:
    """The field of Evidence that points at the target, and the target."""
    return {target._meta.model_name: target}


@retried_atomic
def add_evidence(
    *, target: Target, upload: CheckedPhoto | CheckedDocument, words: Words, by: User
) -> Evidence:
    """Keep a checked file as evidence of the target.

    The same bytes given twice for one target are kept once, with the words they have;
    given for another, the file is linked and not stored again. Raises NotEditable, and
    ActivityRefused above the number of files a record may have. The row is written
    after the file, so a row never points to nothing.
    """
    target = _locked(target)
    if held := held_evidence(target, upload):
        return held
    _check_room(target)
    with removed_on_failure():
        return _link(target, _kept(upload, by), words, by)


@retried_atomic
def link_evidence(*, target: Target, evidence: Evidence, by: User) -> Evidence:
    """Let the file of this evidence prove the target as well, with the same words.

    The caller has checked that the user may see the evidence. Raises as add_evidence,
    and ActivityRefused when the file was taken away meanwhile.
    """
    target = _locked(target)
    # Locked, so that the file cannot be removed before the new link stands.
    file = EvidenceFile.objects.select_for_update().filter(pk=evidence.file_id).first()
    if file is None:
        raise ActivityRefused(_("这个文件刚刚被移除，请刷新后重选。"))
    if held := held_evidence(target, file):
        return held
    _check_room(target)
    words = Words(**{name: getattr(evidence, name) for name in asdict(Words())})
    return _link(target, file, words, by)


@retried_atomic
def describe_evidence(*, evidence: Evidence, words: Words, by: User) -> Evidence:
    """Write a caption anew. Raises NotEditable once the record is closed."""
    _locked(target_of(evidence))
    evidence = _still_there(evidence)
    for name, value in asdict(words).items():
        setattr(evidence, name, value)
    evidence.save(update_fields=list(asdict(words)))
    audit.record("campaigns.evidence_changed", target=target_of(evidence), by=by)
    return evidence


@retried_atomic
def remove_evidence(*, evidence: Evidence, by: User) -> None:
    """Take a file back while its record is open for changes.

    The file itself goes when nothing else links it. Raises NotEditable, and
    ActivityRefused when it was taken back already.
    """
    target = _locked(target_of(evidence))
    evidence = _still_there(evidence)
    audit.record("campaigns.evidence_removed", target=target, by=by)
    file = EvidenceFile.objects.select_for_update().get(pk=evidence.file_id)
    evidence.delete()
    if not file.links.exists():
        paths = [path for path in (file.path, file.small_path) if path]
        file.delete()
        transaction.on_commit(lambda: [remove_private(path) for path in paths])


def held_evidence(
    target: Target, upload: CheckedPhoto | CheckedDocument | EvidenceFile
) -> Evidence | None:
    """The target's evidence with these bytes, as uploaded or as kept; or None."""
    same = Q(file__sha256=upload.sha256)
    if upload.source_sha256:
        same |= Q(file__source_sha256=upload.source_sha256)
    held = Evidence.objects.filter(same, **evidence_of(target))
    return held.select_related("file").order_by("pk").first()


def target_of(evidence: Evidence) -> Target:
    """What the evidence proves."""
    return evidence.activity or evidence.honor or evidence.story


def _locked(target: Target) -> Target:
    if isinstance(target, Activity):
        activity = locked_activity(target)
        check_editable(activity)
        return activity
    row = type(target).objects.select_for_update(of=("self",)).get(pk=target.pk)
    if row.state not in row.EDITABLE_STATES:
        raise NotEditable(
            _("%(thing)s%(state)s，不能再修改。")
            % {"thing": row._meta.verbose_name, "state": row.get_state_display()}
        )
    return row


def _still_there(evidence: Evidence) -> Evidence:
    row = Evidence.objects.select_for_update().filter(pk=evidence.pk).first()
    if row is None:
        raise ActivityRefused(_("这个文件已被移除，请刷新后查看。"))
    return row


def _check_room(target: Target) -> None:
    if Evidence.objects.filter(**evidence_of(target)).count() >= _most():
        raise ActivityRefused(
            _("每条记录最多 %(count)d 个照片和文件。") % {"count": _most()}
        )


def _most() -> int:
    return settings.PHOTOS_PER_ACTIVITY


def _kept(upload: CheckedPhoto | CheckedDocument, by: User) -> EvidenceFile:
    """The row of a file with these bytes: one kept before, or a new one.

    Locked, so that it cannot be removed before the new link stands.
    """
    is_photo = isinstance(upload, CheckedPhoto)
    kind = EvidenceFile.Kind.PHOTO if is_photo else EvidenceFile.Kind.DOCUMENT
    same = EvidenceFile.objects.select_for_update().filter(
        kind=kind, sha256=upload.sha256
    )
    if held := same.order_by("pk").first():
        return held
    return EvidenceFile.objects.create(
        kind=kind,
        path=save_private(upload.content, "evidence", upload.extension),
        small_path=_small_path(upload) if is_photo else "",
        name="" if is_photo else upload.name,
        width=upload.width if is_photo else None,
        height=upload.height if is_photo else None,
        size=len(upload.content),
        sha256=upload.sha256,
        source_sha256=upload.source_sha256,
        uploaded_by=by,
    )


def _small_path(photo: CheckedPhoto) -> str:
    return save_private(photo.small, "evidence", "jpg") if photo.small else ""


def _link(target: Target, file: EvidenceFile, words: Words, by: User) -> Evidence:
    try:
        with transaction.atomic():
            evidence = Evidence.objects.create(
                **evidence_of(target), file=file, added_by=by, **asdict(words)
            )
    except IntegrityError as error:
        raise ActivityRefused(_("这个文件已在记录中，请刷新后查看。")) from error
    audit.record("campaigns.evidence_added", target=target, by=by, file=file.pk)
    return evidence
