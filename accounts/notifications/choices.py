"""What people choose about messages: channels a kind, quiet hours, unsubscribing.

What must arrive knows no choice (PRODUCT section 4, reminders).
"""

from collections.abc import Callable, Collection, Mapping
from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.channels.registry import ready_channels, takes, takes_by_default
from accounts.models import (
    Channel,
    ChannelChoice,
    KindSetting,
    Notification,
    QuietHours,
    User,
)
from accounts.notifications.digests import DIGEST
from accounts.notifications.kinds import KINDS, Kind, Topic
from core import audit
from core.errors import RuleError

# Whoever has an account may get these; of the others a person hears as an official,
# or has heard before.
OPEN_TOPICS = {Topic.SHIFTS, Topic.HOURS}
Choices = dict[tuple[str, str], bool]
# Higher floors say who holds an office: this one knows none.
_is_official: list[Callable[[User], bool]] = []


class KindMustArrive(RuleError):
    """Nobody can switch off cancellations and the like."""


def register_officials(is_official: Callable[[User], bool]) -> None:
    """Let a higher floor say who holds an office; called once, when it is ready."""
    _is_official.append(is_official)


def offered_channels() -> list[Channel]:
    """The channels people choose from; a file is for development."""
    return [Channel(code) for code in ready_channels() if code != Channel.FILE]


def kinds_for(user: User) -> list[Kind]:
    """The kinds this person may choose about; not what the office switched off."""
    off = set(KindSetting.objects.filter(is_on=False).values_list("kind", flat=True))
    return [
        kind
        for kind in kinds_concerning(user)
        if kind.is_sent_out and not kind.must_arrive and kind.code not in off
    ]


def kinds_concerning(user: User) -> list[Kind]:
    """The kinds this person may come to get, in the order of the catalogue.

    Those of shifts and hours for everybody, what is for officials for officials, and
    whatever the person has had before.
    """
    had = set(
        Notification.objects.filter(recipient=user)
        .order_by()
        .values_list("kind", flat=True)
        .distinct()
    )
    is_official = any(ask(user) for ask in _is_official)
    return [
        kind
        for kind in KINDS.values()
        if is_official or kind.code in had or _is_for_all(kind)
    ]


def _is_for_all(kind: Kind) -> bool:
    is_open = kind.topic in OPEN_TOPICS and not kind.for_officials
    return is_open or kind.code == DIGEST


def choices_of(user: User, kinds: Collection[Kind]) -> Choices:
    """(Kind, channel) to whether the person gets it, for the channels offered."""
    chosen = _stored(user)
    return {
        (kind.code, channel.value): chosen.get(
            (kind.code, channel.value), takes_by_default(channel, kind)
        )
        for kind in kinds
        for channel in offered_channels()
        if takes(channel, kind)
    }


def _stored(user: User) -> Choices:
    rows = ChannelChoice.objects.filter(user=user)
    return {
        (kind, channel): is_on
        for kind, channel, is_on in rows.values_list("kind", "channel", "is_on")
    }


@transaction.atomic
def set_choices(
    *, user: User, choices: Mapping[tuple[str, str], bool], by: User, via: str = ""
) -> int:
    """Store which kinds the person gets by which channels; returns how many changed.

    `via` says by what they acted when they were not signed in.
    Raises KindMustArrive, and LookupError for a kind nobody registered.
    """
    for kind, _channel in choices:
        if KINDS[kind].must_arrive:
            raise KindMustArrive(_("这类消息一定送达，不能关闭。"))
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    stored = _stored(user)
    changed = {
        (kind, channel): is_on
        for (kind, channel), is_on in choices.items()
        if stored.get((kind, channel), takes_by_default(channel, KINDS[kind])) != is_on
    }
    if changed:
        _store(user, changed, by, via)
    return len(changed)


def _store(user: User, changed: Choices, by: User, via: str) -> None:
    rows = ChannelChoice.objects.bulk_create(
        (
            ChannelChoice(user=user, kind=kind, channel=channel, is_on=is_on)
            for (kind, channel), is_on in changed.items()
        ),
        update_conflicts=True,
        unique_fields=["user", "kind", "channel"],
        update_fields=["is_on", "changed_at"],
    )
    audit.record(
        "accounts.channel_choice_changed",
        target=rows[0],
        by=by,
        on=[f"{kind} {channel}" for (kind, channel), is_on in changed.items() if is_on],
        off=[
            f"{kind} {channel}"
            for (kind, channel), is_on in changed.items()
            if not is_on
        ],
        via=via,
    )


def unsubscribe(*, user: User, kind: str, channel: str) -> bool:
    """Send no more of this kind by this channel; False when that was so already.

    The person acts, or whoever holds a message to them with its link; the log says
    that nobody had signed in. Raises KindMustArrive.
    """
    choices = {(kind, channel): False}
    return bool(set_choices(user=user, choices=choices, by=user, via="link"))


@transaction.atomic
def set_quiet_hours(
    *, user: User, is_on: bool, from_time: time, until_time: time, by: User
) -> bool:
    """Store when the person wants nothing outside the inbox; False for no change."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    hours = quiet_hours_of(user)
    wanted = (is_on, from_time, until_time)
    if (hours.is_on, hours.from_time, hours.until_time) == wanted:
        return False
    hours.is_on, hours.from_time, hours.until_time = wanted
    hours.save()
    audit.record("accounts.quiet_hours_changed", target=hours, by=by, is_on=is_on)
    return True


def quiet_hours_of(user: User) -> QuietHours:
    """The person's quiet hours, or unsaved ones with the portal's times."""
    return QuietHours.objects.filter(user=user).first() or QuietHours(user=user)
