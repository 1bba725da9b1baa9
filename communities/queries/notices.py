"""Reads of pairing notices: the list, what each did, what waits at the desk."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Pairing, PairingImport, PairingNotice
from communities.permissions import Permission, has_permission
from communities.queries.pairings import pairings_visible_to
from core.heads import head_of

State = PairingNotice.State
UPLOAD_DAYS = timedelta(days=30)
DESK_ROWS = 5
# What a notice did, in the order of the page. `moved` are rows that merges and splits
# of units and communities made of those the notice had started.
PARTS = {
    "started": _("新增"),
    "changed": _("变更"),
    "ended": _("结束"),
    "moved": _("承接"),
    "kept": _("保持"),
}
# A row that goes on with a pair from the notice's day.
SAME_PAIR = {
    "continues__organization": models.F("organization"),
    "continues__community": models.F("community"),
    "starts_on": models.F("notice__starts_on"),
}


def notices_visible_to(user: User) -> models.QuerySet:
    """All notices for whoever may see pairings; what they did is scoped by row."""
    notices = PairingNotice.objects.select_related("published_by", "withdrawn_by")
    may_see = has_permission(user, Permission.PAIRING_VIEW)
    return notices if may_see else notices.none()


def filtered_notices(
    notices: models.QuerySet, *, today: date, text: str = "", state: str = ""
) -> models.QuerySet:
    """Notices by number and by state as of `today`, the newest first.

    Each has `made_count`, `changed_count` and `ended_count`: the pairings it started,
    went on with under other details, and ended.
    """
    if text:
        notices = notices.filter(number__icontains=text)
    if state == State.WITHDRAWN:
        notices = notices.exclude(withdrawn_at=None)
    elif state == State.PROPOSED:
        notices = notices.filter(withdrawn_at=None, starts_on__gt=today)
    elif state == State.ACTIVE:
        notices = notices.filter(withdrawn_at=None, starts_on__lte=today)
    return notices.annotate(
        made_count=_count_of("notice", continues=None),
        changed_count=_count_of("notice", **SAME_PAIR),
        ended_count=_count_of("ended_by", continued_by=None),
    )


def _count_of(name: str, **only: Any) -> models.functions.Coalesce:
    rows = Pairing.objects.filter(**{name: models.OuterRef("pk")}, **only).order_by()
    counted = rows.values(name).annotate(n=models.Count("pk")).values("n")
    return models.functions.Coalesce(models.Subquery(counted), 0)


def parts_of_notice(notice: PairingNotice, *, user: User) -> dict[str, models.QuerySet]:
    """What a notice did to the pairings in the user's scope, by the names of PARTS.

    Kept is only told of a whole notice: what held on its day and had begun before.
    """
    rows = (
        pairings_visible_to(user)
        .select_related("organization", "community__subdistrict", "notice", "continues")
        .order_by("organization__path", "-is_lead", "community__code", "pk")
    )
    made = rows.filter(notice=notice)
    if notice.withdrawn_at is None:
        made = made.valid()
    same_pair = models.Q(**SAME_PAIR)
    went_on = Pairing.objects.filter(
        same_pair, notice=notice, continues=models.OuterRef("pk")
    )
    ended = rows.filter(~models.Exists(went_on), ended_by=notice)
    parts = {
        "started": made.filter(continues=None),
        "changed": made.filter(same_pair),
        "ended": ended.exclude(notice=notice),
        "moved": made.exclude(continues=None).exclude(same_pair),
        "kept": rows.none(),
    }
    if notice.kind == PairingNotice.Kind.WHOLE and notice.withdrawn_at is None:
        kept = rows.on(notice.starts_on).exclude(notice=notice)
        parts["kept"] = kept.exclude(ended_by=notice)
    return parts


def day_of_names(notice: PairingNotice, part: str) -> date:
    """Pairings that begin or stay bear the names of the first day, ended of the eve."""
    eve = notice.starts_on - timedelta(days=1)
    return eve if part == "ended" else notice.starts_on


def desk_notices(user: User, *, today: date) -> dict[str, Any] | None:
    """Uploads to confirm and notices ahead; None for who publishes none, or no rows."""
    if not has_permission(user, Permission.PAIRING_PUBLISH):
        return None
    since = timezone.now() - UPLOAD_DAYS
    uploads = PairingImport.objects.visible_to(user).filter(
        confirmed_at=None, uploaded_at__gte=since
    )
    planned = filtered_notices(
        PairingNotice.objects.all(), today=today, state=State.PROPOSED
    )
    found = {
        "uploads": head_of(uploads.defer("rows").order_by("-pk"), DESK_ROWS),
        "planned": list(planned.order_by("starts_on", "pk")[:DESK_ROWS]),
    }
    return found if any(found.values()) else None
