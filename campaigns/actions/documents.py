"""Writes to the letter and other papers of a campaign."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Campaign, CampaignDocument
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic
from core.uploads import CheckedDocument, remove_private, save_private

State = CampaignDocument.State
FOLDER = "documents"
SECOND_CLICK = timedelta(minutes=1)


class DocumentRefused(RuleError):
    """The document is not fit for what was asked."""


def create_document(
    *, document: CampaignDocument, file: CheckedDocument | None, by: User
) -> CampaignDocument:
    """Save a new draft; the same one sent twice within a minute is saved once."""
    return _with_file(file, lambda stored: _create(document, stored, file, by))


def update_document(
    *,
    document: CampaignDocument,
    values: dict[str, object],
    file: CheckedDocument | None,
    by: User,
) -> CampaignDocument:
    """Change the words of a document, and its file when another one is given.

    The file it had stays stored, named in the audit line. Raises DocumentRefused for
    a published one: what people read does not change under their eyes.
    """
    return _with_file(file, lambda stored: _update(document, values, stored, file, by))


@retried_atomic
def publish_document(*, document: CampaignDocument, by: User) -> CampaignDocument:
    """Show a document to everyone; raises DocumentRefused for an empty one."""
    document = _locked(document)
    if not (document.text.strip() or document.file):
        raise DocumentRefused(_("文件没有正文，也没有附件，不能发布。"))
    document.move_to(State.PUBLISHED, by=by)
    return document


@retried_atomic
def withdraw_document(
    *, document: CampaignDocument, reason: str, by: User
) -> CampaignDocument:
    """Take a document from the page, for a reason; it can be published again."""
    document = _locked(document)
    if not reason.strip():
        raise DocumentRefused(_("撤下文件必须写明理由。"))
    document.move_to(State.WITHDRAWN, by=by, reason=reason.strip())
    return document


def _with_file(
    file: CheckedDocument | None, write: Callable[[str], CampaignDocument]
) -> CampaignDocument:
    """The row after the file; a row that does not take the file leaves none behind."""
    stored = save_private(file.content, FOLDER, file.extension) if file else ""
    try:
        document = write(stored)
    except BaseException:
        if stored:
            remove_private(stored)
        raise
    if stored and document.file != stored:
        remove_private(stored)
    return document


@retried_atomic
def _create(
    document: CampaignDocument, stored: str, file: CheckedDocument | None, by: User
) -> CampaignDocument:
    # A second click comes at the same moment: it waits here.
    Campaign.objects.select_for_update(no_key=True).get(pk=document.campaign_id)
    if held := _sent_before(document, by):
        return held
    document.created_by = by
    if file:
        document.file, document.file_name = stored, file.name
    document.save()
    audit.record("campaigns.campaign_document_created", target=document, by=by)
    return document


def _sent_before(document: CampaignDocument, by: User) -> CampaignDocument | None:
    """The draft that a form just like this one made a moment ago."""
    same = {
        name: getattr(document, name) for name in ("campaign", "kind", "title", "text")
    }
    return CampaignDocument.objects.filter(
        **same,
        state=State.DRAFT,
        created_by=by,
        created_at__gt=timezone.now() - SECOND_CLICK,
    ).first()


@retried_atomic
def _update(
    document: CampaignDocument,
    values: dict[str, object],
    stored: str,
    file: CheckedDocument | None,
    by: User,
) -> CampaignDocument:
    document = _locked(document)
    if document.state == State.PUBLISHED:
        raise DocumentRefused(_("文件已发布，须先撤下才能修改。"))
    before = document.file
    if file:
        values = {**values, "file": stored, "file_name": file.name}
    changed = [
        name for name, value in values.items() if getattr(document, name) != value
    ]
    if not changed:
        return document
    for name in changed:
        setattr(document, name, values[name])
    document.save(update_fields=changed)
    audit.record(
        "campaigns.campaign_document_changed",
        target=document,
        by=by,
        fields=[name for name in changed if name != "file_name"],
        instead_of=before if file else "",
    )
    return document


def _locked(document: CampaignDocument) -> CampaignDocument:
    return CampaignDocument.objects.select_for_update().get(pk=document.pk)
