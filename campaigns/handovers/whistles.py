"""Whistles: what an organisation has open, or a community has under way, goes on.

What was delivered, returned or is over stays under the name it was done in.
"""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.actions.whistle_dispatch import release
from campaigns.actions.whistle_log import locked_whistles, note_entry, settle
from campaigns.models import Whistle, WhistleEntry, WhistleResponse
from campaigns.notices import whistle_clock as notices
from communities.actions.handovers import Handover, Held, chosen
from communities.models import Community, Organization
from communities.queries.officials import responsible_officials
from core import audit


class WhistleResponseHandover(Handover):
    """Open responses of an organisation, with their clocks as they stand.

    Where the successor answers the same whistle as well, its own response goes on and
    the other is released.
    """

    name = "whistle_responses"
    label = gettext_lazy("未办结的吹哨响应")
    node_models = (Organization,)

    def held(
        self, node: Organization, *, on: date, to: Organization | None
    ) -> list[Held]:
        live = _live_of(to)
        return [
            Held(
                str(row.pk),
                _text_of(row.whistle.title, row),
                _outcome(row, to, live),
                row.get_absolute_url(),
            )
            for row in _open_of(node).select_related("whistle")
        ]

    def kept(self, node: Organization, *, on: date) -> int:
        over = node.whistle_responses.exclude(state__in=WhistleResponse.OPEN_STATES)
        return over.count()

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        whistles = locked_whistles(
            set(_open_of(node).order_by().values_list("whistle", flat=True))
        )
        rows = _open_of(node).filter(whistle__in=whistles)
        moved = chosen(rows.select_for_update(of=("self",), no_key=True), keys)
        live = _live_of(to)
        for row in moved:
            row.whistle = whistles[row.whistle_id]
            _hand_on(row, to, _outcome(row, to, live), live, by)
        return len(moved)


class WhistleHandover(Handover):
    """A community's drafts and whistles under way."""

    name = "whistles"
    label = gettext_lazy("未办结的吹哨")
    node_models = (Community,)

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        outcome = _taken_over(to)
        return [
            Held(str(row.pk), _text_of(row.title, row), outcome, row.get_absolute_url())
            for row in _unended_of(node)
        ]

    def kept(self, node: Community, *, on: date) -> int:
        return node.whistles.filter(state__in=Whistle.FINAL_STATES).count()

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        rows = _unended_of(node).select_for_update(of=("self",), no_key=True)
        moved = chosen(rows, keys)
        for whistle in moved:
            whistle.community = to
            whistle.save(update_fields=["community"])
            audit.record(
                "campaigns.whistle_changed",
                target=whistle,
                by=by,
                fields=["community"],
                instead_of=node.pk,
            )
            if whistle.state != Whistle.State.DRAFTED:
                _note(whistle, by, _taken_over(to))
        return len(moved)


def _hand_on(
    row: WhistleResponse,
    to: Organization,
    outcome: str,
    live: Collection[int],
    by: User | None,
) -> None:
    now = timezone.now()
    old = row.organization
    if row.whistle_id in live:
        release(row, reason=outcome, by=by, now=now)
    else:
        row.organization = to
        row.save(update_fields=["organization"])
        audit.record(
            "campaigns.whistle_response_changed",
            target=row,
            by=by,
            fields=["organization"],
            instead_of=old.pk,
        )
        notices.response_handed_on(row, responsible_officials([to])[to.pk])
    _note(row.whistle, by, f"{old.name}：{outcome}", row)
    settle(whistle=row.whistle, by=by, now=now)


def _note(
    whistle: Whistle, by: User | None, text: str, row: WhistleResponse | None = None
) -> None:
    note_entry(
        whistle=whistle,
        kind=WhistleEntry.Kind.HANDED_ON,
        side=None,
        by=by,
        now=timezone.now(),
        text=text,
        response=row,
    )


def _open_of(node: Organization) -> models.QuerySet:
    rows = node.whistle_responses.filter(state__in=WhistleResponse.OPEN_STATES)
    return rows.order_by("pk")


def _unended_of(node: Community) -> models.QuerySet:
    return node.whistles.exclude(state__in=Whistle.FINAL_STATES).order_by("pk")


def _live_of(to: Organization | None) -> set[int]:
    """The whistles that the successor answers itself."""
    if to is None:
        return set()
    return set(to.whistle_responses.live().values_list("whistle", flat=True))


def _text_of(title: str, row: Whistle | WhistleResponse) -> str:
    return _("%(title)s（%(state)s）") % {
        "title": title,
        "state": row.get_state_display(),
    }


def _outcome(
    row: WhistleResponse, to: Organization | None, live: Collection[int]
) -> str:
    if to is not None and row.whistle_id in live:
        return _("并入%(to)s对同一吹哨的响应") % {"to": to.name}
    return _taken_over(to)


def _taken_over(to: Organization | Community | None) -> str:
    if to is None:
        return _("由承接方继续办理")
    return _("由%(to)s承接") % {"to": to.name}
