"""What a person or the office has switched off since a message was routed."""

from collections.abc import Iterable

from accounts.models import ChannelChoice, KindSetting, Notification
from accounts.notifications.addressing import known_kind


def unwanted(rows: Iterable[Notification], channel: str) -> set[int]:
    """Numbers of the messages that are not to go out on the channel any more.

    What must arrive is never unwanted. Two queries.
    """
    rows = [row for row in rows if not known_kind(row.kind).must_arrive]
    if not rows:
        return set()
    codes = {row.kind for row in rows}
    stopped = KindSetting.objects.filter(kind__in=codes, is_on=False)
    kinds_off = set(stopped.values_list("kind", flat=True))
    refused = ChannelChoice.objects.filter(
        user__in={row.recipient_id for row in rows},
        kind__in=codes,
        channel=channel,
        is_on=False,
    )
    choices_off = set(refused.values_list("user_id", "kind"))
    return {
        row.pk
        for row in rows
        if row.kind in kinds_off or (row.recipient_id, row.kind) in choices_off
    }
