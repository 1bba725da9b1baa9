"""By which channels a message reaches a person; asked for a batch at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from accounts.channels.registry import CHANNELS, takes, takes_by_default
from accounts.models import Channel, ChannelChoice, KindSetting, Notification, User
from accounts.notifications.kinds import KINDS, Kind, Topic

# The way for what must arrive: the first of these that reaches the person.
SURE_WAYS = (Channel.MAIL, Channel.SMS)


def known_kind(code: str) -> Kind:
    """The kind of a row; one that nobody registers any more is a plain one."""
    return KINDS.get(code) or Kind(code=code, label=code, topic=Topic.PORTAL, when="")


def has_expired(row: Notification, now: datetime) -> bool:
    """Whether it would come too late. What must arrive never does.

    Its `expires_at` only says that it cannot wait for the end of quiet hours.
    """
    is_over = row.expires_at is not None and row.expires_at <= now
    return is_over and not known_kind(row.kind).must_arrive


class AddressBook:
    """The people, choices and switches that a batch of messages needs: 3 queries."""

    def __init__(self, rows: Iterable[Notification]) -> None:
        rows = list(rows)
        codes = {row.kind for row in rows}
        people = {row.recipient_id for row in rows}
        self.people: dict[int, User] = {
            person.pk: person
            for person in User.objects.filter(pk__in=people).select_related(
                "quiet_hours", "chat_robot"
            )
        }
        off = KindSetting.objects.filter(kind__in=codes, is_on=False)
        self._kinds_off = set(off.values_list("kind", flat=True))
        self._ready = [code for code, one in CHANNELS.items() if one.is_ready()]
        self._choices: dict[tuple[int, str], dict[str, bool]] = defaultdict(dict)
        choices = ChannelChoice.objects.filter(user__in=people, kind__in=codes)
        for user_id, kind, channel, is_on in choices.values_list(
            "user_id", "kind", "channel", "is_on"
        ):
            self._choices[user_id, kind][channel] = is_on

    def channels_of(self, user: User, kind: Kind) -> list[str]:
        """Codes of the channels the kind takes to this person; none: inbox only.

        What must arrive knows no switch and no choice. A file is for development: it
        gets whatever is sent out. Groups get nothing personal, whatever was chosen.
        """
        reaching = [code for code in self._ready if CHANNELS[code].address_of(user)]
        if kind.must_arrive:
            sure = [code for code in SURE_WAYS if code in reaching][:1]
            return sure + [code for code in reaching if code == Channel.FILE]
        if not kind.is_sent_out or kind.code in self._kinds_off:
            return []
        chosen = self._choices.get((user.pk, kind.code), {})
        return [
            code
            for code in reaching
            if code == Channel.FILE
            or (takes(code, kind) and chosen.get(code, takes_by_default(code, kind)))
        ]
