"""Who does a whistle again: those who delivered, or who stands for them by now."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.tasks import lock_organizations
from campaigns.actions.whistle_dispatch import release
from campaigns.actions.whistle_log import note_entry
from campaigns.models import Whistle, WhistleEntry, WhistleResponse
from communities.models import Organization
from communities.queries.history import successors
from core import audit

Heirs = dict[int, Organization | None]


def lock_heirs(whistle: Whistle) -> Heirs:
    """Who goes on for each organisation that has the whistle; all of them locked.

    The organisation itself while it stands, else its successor, None without any.
    """
    rows = WhistleResponse.objects.live().filter(whistle=whistle).order_by()
    numbers = set(rows.values_list("organization", flat=True))
    following = successors(Organization)
    heirs = {pk: following.get(pk, pk) for pk in numbers}
    locked = lock_organizations(numbers | set(heirs.values()))
    return {
        pk: None if locked[heir].is_over else locked[heir] for pk, heir in heirs.items()
    }


def hand_to_heirs(
    responses: Iterable[WhistleResponse], heirs: Heirs, *, by: User, now: datetime
) -> list[WhistleResponse]:
    """Let responses of organisations that are over go on at who took these over.

    Where nobody did, or the successor does it anyway, the response is released. Returns
    those that go on; the caller holds all locks.
    """
    responses = list(responses)
    held = {row.organization_id for row in responses}
    for row in responses:
        old, heir = row.organization, heirs.get(row.organization_id)
        if not old.is_over:
            continue
        words = {"old": old.name, "heir": heir.name if heir else ""}
        if heir is None:
            text = _("%(old)s已撤销，不再办理。") % words
            release(row, reason=text, by=by, now=now)
        elif heir.pk in held:
            text = _("%(old)s已合并，由%(heir)s一并办理。") % words
            release(row, reason=text, by=by, now=now)
        else:
            text = _("%(old)s已合并，由%(heir)s承接。") % words
            held.add(heir.pk)
            row.organization = heir
            row.save(update_fields=["organization"])
            audit.record(
                "campaigns.whistle_response_changed",
                target=row,
                by=by,
                fields=["organization"],
                instead_of=old.pk,
            )
        note_entry(
            whistle=row.whistle,
            kind=WhistleEntry.Kind.HANDED_ON,
            side=None,
            by=by,
            now=now,
            text=text,
            response=row,
        )
    return [row for row in responses if row.is_live]
