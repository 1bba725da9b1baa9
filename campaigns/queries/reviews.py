"""Reads of reviews: what is to be mended, what was mended since, what waits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Activity, Field, Review, ReviewPoint
from campaigns.queries.review_queue import (
    AGES,
    queue_of,
    queue_rows,
    waiting_since,
    with_counts,
)
from communities.permissions import Permission, has_permission
from core.audit import history_of

DESK_ROWS = 5
# The part of a record that each column of an activity belongs to.
FIELD_OF = {
    "title": Field.TITLE,
    "initiative": Field.INITIATIVE,
    "pillar": Field.INITIATIVE,
    "second_pillar": Field.INITIATIVE,
    "starts_at": Field.TIME,
    "ends_at": Field.TIME,
    "place": Field.PLACE,
    "community": Field.PLACE,
    "text": Field.TEXT,
    "participant_count": Field.PARTICIPANTS,
}
# Where the form to edit an activity asks for each part of the record.
INPUT_OF = {
    Field.TITLE: "title",
    Field.INITIATIVE: "initiative",
    Field.TIME: "starts_at",
    Field.PLACE: "place",
    Field.TEXT: "text",
    Field.PARTICIPANTS: "participant_count",
    Field.STUDY: "topic",
    Field.DEED: "promise",
}
# Mended on the page of the activity, beside the photos and files.
EVIDENCE = (Field.PHOTOS, Field.CAPTIONS, Field.DOCUMENTS)


@dataclass
class Group:
    """Points about one part of a record, and where that part is mended."""

    field: Field
    points: list[ReviewPoint] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.field.label

    @property
    def anchor(self) -> str:
        """Its input in the edit form; empty where it is not mended there."""
        name = INPUT_OF.get(self.field)
        return f"id_{name}" if name else ""

    @property
    def is_evidence(self) -> bool:
        """Whether it is mended beside the photos and files."""
        return self.field in EVIDENCE


def returns_of(activity: Activity) -> list[Review]:
    """The activity's returns with their points, the latest first; three queries."""
    returns = activity.reviews.filter(decision=Review.Decision.RETURNED)
    returns = returns.select_related("reviewed_by").prefetch_related("points__evidence")
    rows = list(returns)
    _number_photos(activity, rows)
    return rows


def grouped(points: Iterable[ReviewPoint]) -> list[Group]:
    """Points by the part they speak of, in the order of the form."""
    groups = {field: Group(field) for field in Field}
    for point in points:
        groups[Field(point.field)].points.append(point)
    return [group for group in groups.values() if group.points]


def points_by_field(activity: Activity) -> dict[str, list[str]]:
    """What the author of a returned activity has to mend: part to remarks.

    Parts are values of Field ("title", "photos" …). Empty unless it stands returned.
    """
    if activity.state != Activity.State.RETURNED:
        return {}
    returns = returns_of(activity)
    points = returns[0].points.all() if returns else []
    return {
        group.field.value: [point.words for point in group.points]
        for group in grouped(points)
    }


def changes_since_return(activity: Activity) -> list[str]:
    """What was changed since the last return, in words; one query, two at most."""
    entries = list(history_of(activity))
    since = max(
        (n for n, entry in enumerate(entries) if entry.verb.endswith("_returned")),
        default=len(entries),
    )
    found = [part for entry in entries[since:] for part in _parts_of(entry)]
    return [str(part) for part in dict.fromkeys(found)]


def _parts_of(entry: Any) -> list[str]:
    """What an audit line of an activity says was changed, in words."""
    acts = {
        "campaigns.evidence_added": _("新增照片或文件"),
        "campaigns.evidence_changed": Field.CAPTIONS.label,
        "campaigns.evidence_removed": _("移除照片或文件"),
    }
    if entry.verb in acts:
        return [acts[entry.verb]]
    if entry.verb != "campaigns.activity_changed":
        return []
    return [_label_of(name) for name in entry.data.get("fields", [])]


def _label_of(name: str) -> str:
    """The part a column belongs to, or its own name."""
    if name in FIELD_OF:
        return FIELD_OF[name].label
    known = {column.name: column for column in Activity._meta.get_fields()}
    label = getattr(known.get(name), "verbose_name", None)
    return str(label or Field.OTHER.label)


def _number_photos(activity: Activity, returns: Iterable[Review]) -> None:
    """Give each point its `words`; a photo is numbered as the page numbers it."""
    points = [point for review in returns for point in review.points.all()]
    numbers: dict[int, int] = {}
    if any(point.evidence_id for point in points):
        numbers = evidence_numbers(activity)
    for point in points:
        words = {"number": numbers.get(point.evidence_id), "text": point.text}
        if not words["number"]:
            point.words = point.text
        elif point.field == Field.DOCUMENTS:
            point.words = _("第 %(number)d 份：%(text)s") % words
        else:
            point.words = _("第 %(number)d 张：%(text)s") % words


def evidence_numbers(activity: Activity) -> dict[int, int]:
    """The place of each photo or file among its kind, from 1, as pages count them."""
    numbers: dict[int, int] = {}
    counts: dict[str, int] = {}
    for pk, kind in activity.evidence.order_by("pk").values_list("pk", "file__kind"):
        numbers[pk] = counts[kind] = counts.get(kind, 0) + 1
    return numbers


def desk_reviews(user: User, *, today: date) -> dict[str, Any] | None:
    """What waits for the office: how much, how long, and the five oldest.

    None for those who do not review.
    """
    if not has_permission(user, Permission.ACTIVITY_REVIEW):
        return None
    queue = queue_of(user)
    over = {
        f"over_{days}": Count(
            "pk", filter=Q(submitted_at__lt=waiting_since(today, days))
        )
        for days in AGES
    }
    counts = queue.order_by().aggregate(total=Count("pk"), **over)
    return {
        "total": counts["total"],
        "ages": [(days, counts[f"over_{days}"]) for days in AGES],
        "oldest": queue_rows(with_counts(queue)[:DESK_ROWS], today=today),
    }
