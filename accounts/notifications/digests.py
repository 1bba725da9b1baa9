"""The digest: what goes out together when a person's day is full.

A digest is a message that waits in the outbox until DIGEST_AT; those beyond the daily
limit point to it. Its words are written when it is sent, from what still holds.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import KindSetting, Notification, User
from accounts.notifications.kinds import kind_of
from accounts.notifications.quiet_hours import at_local
from accounts.notifications.standing import standing
from accounts.notifications.unwanted import unwanted

DIGEST = "digest"
# Titles in one digest; the inbox has them all.
LONGEST = 30
OutboxState = Notification.OutboxState


def next_digest_at(now: datetime) -> datetime:
    """When the next digests are due: at DIGEST_AT of today, or else of tomorrow."""
    today = timezone.localdate(now)
    at = at_local(today, settings.DIGEST_AT)
    return at if now < at else at_local(today + timedelta(days=1), settings.DIGEST_AT)


def fold(rows: Collection[Notification], now: datetime) -> None:
    """Put messages into their people's next digest, under the router's lock.

    A person has one digest that waits; one that has left gets no more, so that the
    next one of that day is "2026-11-23-2". A digest is due at once when something in
    it would come too late by then.
    """
    if not rows:
        return
    digests = _waiting_digests({row.recipient_id for row in rows}, now)
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(
        outbox_state=OutboxState.FOLDED,
        digest_id=models.Subquery(
            Notification.objects.filter(
                pk__in=[digest.pk for digest in digests.values()],
                recipient_id=models.OuterRef("recipient_id"),
            ).values("pk")[:1]
        ),
    )
    pressing = {
        digests[row.recipient_id].pk
        for row in rows
        if row.expires_at and row.expires_at <= digests[row.recipient_id].due_at
    }
    Notification.objects.filter(pk__in=pressing).update(due_at=now)


def _waiting_digests(people: set[int], now: datetime) -> dict[int, Notification]:
    """Each person's digest that has not left, made where there is none."""
    due_at = next_digest_at(now)
    day = timezone.localdate(due_at).isoformat()
    waiting: dict[int, Notification] = {}
    gone: dict[int, int] = defaultdict(int)
    known = Notification.objects.filter(kind=DIGEST, recipient_id__in=people).filter(
        models.Q(outbox_state=OutboxState.DUE) | models.Q(slot__startswith=day)
    )
    for digest in known.defer("title", "body"):
        if digest.outbox_state == OutboxState.DUE:
            waiting[digest.recipient_id] = digest
        if digest.slot.startswith(day):
            gone[digest.recipient_id] += 1
    new = [
        _digest(person, f"{day}-{gone[person] + 1}" if gone[person] else day, due_at)
        for person in sorted(people - waiting.keys())
    ]
    for digest in Notification.objects.bulk_create(new):
        waiting[digest.recipient_id] = digest
    return waiting


def _digest(recipient_id: int, slot: str, due_at: datetime) -> Notification:
    return Notification(
        recipient_id=recipient_id,
        kind=DIGEST,
        object_type=User._meta.label,
        object_id=recipient_id,
        slot=slot,
        title=str(kind_of(DIGEST).label),
        path=reverse("accounts:inbox"),
        due_at=due_at,
        read_at=due_at,
        is_shown=False,
        outbox_state=OutboxState.DUE,
    )


def earliest_ends(
    digests: Collection[Notification], now: datetime
) -> dict[int, datetime]:
    """Digest to the moment from which the first of its messages comes too late."""
    ends = (
        Notification.objects.filter(
            digest__in=[digest.pk for digest in digests],
            outbox_state=OutboxState.FOLDED,
            expires_at__gt=now,
        )
        .values("digest_id")
        .annotate(end=models.Min("expires_at"))
    )
    return dict(ends.values_list("digest_id", "end"))


def compose(notification: Notification, now: datetime) -> tuple[str, str] | None:
    """Title and body of a digest as it goes out; None when nothing in it holds."""
    return compose_all([notification], now)[notification.pk]


def compose_all(
    digests: Collection[Notification], now: datetime, *, channel: str = ""
) -> dict[int, tuple[str, str] | None]:
    """Number of each digest to its title and body, or None when nothing in it holds.

    Left out is what has expired, is true no more or cannot be asked, and what the
    office or the person (for the channel) has switched off; the inbox has it.
    """
    folded = Notification.objects.filter(
        models.Q(expires_at=None) | models.Q(expires_at__gt=now),
        digest__in=[digest.pk for digest in digests],
        outbox_state=OutboxState.FOLDED,
    ).exclude(kind__in=KindSetting.objects.filter(is_on=False).values("kind"))
    rows = list(folded.order_by("due_at", "pk").defer("body"))
    true_ids = standing(rows, now).true_ids
    if channel:
        true_ids = true_ids - unwanted(rows, channel)
    holding: dict[int, list[Notification]] = defaultdict(list)
    for row in rows:
        if row.pk in true_ids:
            holding[row.digest_id].append(row)
    return {digest.pk: _words(holding[digest.pk]) for digest in digests}


def _words(rows: list[Notification]) -> tuple[str, str] | None:
    if not rows:
        return None
    title = _("消息汇总：%(count)d 条") % {"count": len(rows)}
    lines = [
        _("您今天的消息较多，以下 %(count)d 条合并发送：") % {"count": len(rows)},
        *(_line(number, row) for number, row in enumerate(rows[:LONGEST], 1)),
    ]
    if len(rows) > LONGEST:
        rest = len(rows) - LONGEST
        lines.append(_("另有 %(count)d 条，请到收件箱查看。") % {"count": rest})
    return title, "\n\n".join(lines)


def _line(number: int, row: Notification) -> str:
    link = f"\n{settings.SITE_URL}{row.path}" if row.path else ""
    return f"{number}. {row.title}{link}"
