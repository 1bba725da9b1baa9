"""Writes to photos of a whistle: of the place, or of what was done about it."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.whistle_log import locked_whistle
from campaigns.models import Whistle, WhistleEntry, WhistlePhoto
from campaigns.rules import Deed, WhistleRefused, check
from core import audit
from core.transactions import retried_atomic
from core.uploads import (
    CheckedPhoto,
    remove_private,
    removed_on_failure,
    save_private,
)

FOLDER = "whistles"
MOST_AN_ENTRY = 3


@removed_on_failure()
@retried_atomic
def add_whistle_photo(
    *, whistle: Whistle, photo: CheckedPhoto, by: User
) -> WhistlePhoto:
    """Keep a photo of the place; the same bytes given twice are kept once.

    Raises WhistleRefused once the whistle is delivered or over, and above the number
    of photos a whistle may have.
    """
    whistle = locked_whistle(whistle.pk)
    check(Deed.PHOTOGRAPH, whistle)
    own = whistle.photos.filter(entry=None)
    if held := own.filter(sha256=photo.sha256).first():
        return held
    if own.count() >= Whistle.MOST_PHOTOS:
        raise WhistleRefused(
            _("每次吹哨最多 %(most)d 张照片。") % {"most": Whistle.MOST_PHOTOS}
        )
    row = _keep(whistle, None, photo, by)
    audit.record("campaigns.whistle_photo_added", target=whistle, by=by, photo=row.pk)
    return row


@retried_atomic
def remove_whistle_photo(*, photo: WhistlePhoto, by: User) -> None:
    """Take back a photo of the place, as long as one may be added.

    Raises WhistleRefused for photos of the log, which stay, and once it is gone.
    """
    whistle = locked_whistle(photo.whistle_id)
    check(Deed.PHOTOGRAPH, whistle)
    row = whistle.photos.select_for_update().filter(pk=photo.pk).first()
    if row is None:
        raise WhistleRefused(_("这张照片已被移除，请刷新后查看。"))
    if row.entry_id is not None:
        raise WhistleRefused(_("办理记录的照片不能移除。"))
    audit.record("campaigns.whistle_photo_removed", target=whistle, by=by, photo=row.pk)
    paths = [path for path in (row.path, row.small_path) if path]
    row.delete()
    transaction.on_commit(lambda: [remove_private(path) for path in paths])


def keep_photos(
    entry: WhistleEntry, photos: Sequence[CheckedPhoto], by: User
) -> list[WhistlePhoto]:
    """Keep the photos of a line of the log, same bytes once.

    The caller takes files back when its transaction fails (removed_on_failure).
    Raises WhistleRefused above three.
    """
    different = {photo.sha256: photo for photo in photos}
    if len(different) > MOST_AN_ENTRY:
        raise WhistleRefused(
            _("每条记录最多 %(most)d 张照片。") % {"most": MOST_AN_ENTRY}
        )
    return [_keep(entry.whistle, entry, photo, by) for photo in different.values()]


def _keep(
    whistle: Whistle, entry: WhistleEntry | None, photo: CheckedPhoto, by: User
) -> WhistlePhoto:
    # The files come first: a row never points to nothing.
    path = save_private(photo.content, FOLDER, photo.extension)
    small_path = save_private(photo.small, FOLDER, "jpg") if photo.small else ""
    try:
        with transaction.atomic():
            return WhistlePhoto.objects.create(
                whistle=whistle,
                entry=entry,
                path=path,
                small_path=small_path,
                width=photo.width,
                height=photo.height,
                sha256=photo.sha256,
                uploaded_by=by,
            )
    except IntegrityError as error:
        raise WhistleRefused(_("这张照片已经上传。")) from error
