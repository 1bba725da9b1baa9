"""The activities of a ledger as it prints them: names of the day, words, photos."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Activity, ActivityPartner, Evidence
from campaigns.queries.activities import with_names_of_the_day
from communities.queries.history import organization_history
from core.dates import day_text, span_text

BATCH = 100


@dataclass
class Entry:
    """One activity: `facts` are labels and texts, without any person's name."""

    activity: Activity
    organization: str
    partners: list[str]
    place: str
    initiative: str
    facts: list[tuple[str, str]]
    photos: list[Evidence] = field(default_factory=list)

    @property
    def moment(self) -> str:
        """Year, day and hours."""
        activity = self.activity
        year = timezone.localtime(activity.starts_at).year
        return f"{year}年{span_text(activity.starts_at, activity.ends_at)}"


def entries_of(rows: QuerySet[Activity]) -> Iterator[Entry]:
    """Yield the activities in their order, read in parts of 100.

    Their numbers are read first, so that no query is open while a file is written.
    """
    numbers = iter(list(rows.values_list("pk", flat=True)))
    while batch := list(islice(numbers, BATCH)):
        yield from read_entries(batch)


def read_entries(numbers: list[int]) -> list[Entry]:
    """The activities of these numbers, in this order; a fixed number of queries."""
    found = Activity.objects.filter(pk__in=numbers).select_related(
        "organization",
        "community",
        "pillar",
        "second_pillar",
        "initiative",
        "study",
        "deed",
    )
    place = {number: order for order, number in enumerate(numbers)}
    rows = sorted(with_names_of_the_day(found), key=lambda row: place[row.pk])
    partners = _partners_of(rows)
    photos = defaultdict(list)
    for photo in Evidence.objects.photos().filter(activity__in=numbers).order_by("pk"):
        photos[photo.activity_id].append(photo)
    return [_entry(row, partners[row.pk], photos[row.pk]) for row in rows]


def _entry(row: Activity, partners: list[str], photos: list[Evidence]) -> Entry:
    community = row.community_then
    where = [str(community.name) if community else "", row.place]
    return Entry(
        activity=row,
        organization=row.organization_then.name,
        partners=partners,
        place=" ".join(filter(None, where)),
        initiative=row.initiative_then.title,
        facts=[(label, text) for label, text in _facts(row) if text],
        photos=photos,
    )


def _facts(row: Activity) -> Iterator[tuple[str, str]]:
    """What kinds of activities say beyond what all say; hosts and rolls stay out."""
    if study := getattr(row, "study", None):
        yield _("学习主题"), study.topic
    if deed := getattr(row, "deed", None):
        yield _("承诺事项"), deed.promise
        yield _("承诺完成"), day_text(deed.promised_for)
        yield _("实际完成"), day_text(deed.done_on) if deed.done_on else _("未完成")
        yield _("办理结果"), deed.result
    if row.second_pillar_then:
        yield _("第二板块"), row.second_pillar_then.title


def _partners_of(rows: list[Activity]) -> dict[int, list[str]]:
    """Activity to the names, on its day, of those who had joined."""
    days = {row.pk: timezone.localdate(row.starts_at) for row in rows}
    joined = list(
        ActivityPartner.objects.filter(
            activity__in=days, state=ActivityPartner.State.CONFIRMED
        )
        .select_related("organization")
        .order_by("pk")
    )
    history = organization_history({partner.organization_id for partner in joined})
    names = defaultdict(list)
    for partner in joined:
        day = days[partner.activity_id]
        version = history.on(partner.organization_id, day)
        names[partner.activity_id].append((version or partner.organization).name)
    return names
