"""Reads of evidence: what else a file proves, and photos to choose from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from campaigns.models import Activity, Evidence, Honor
from communities.permissions import Permission, scope_filter


@dataclass(frozen=True)
class Duplicate:
    """Another record that the same file proves; without a title it stays unnamed."""

    title: str = ""
    day: date | None = None


def duplicates_of(
    evidences: Iterable[Evidence], user: User
) -> dict[int, list[Duplicate]]:
    """What else the same bytes prove, by number of the evidence; two queries.

    The same as kept, or the same as they were uploaded. A record is named only to
    those who may see it with its evidence.
    """
    evidences = list(evidences)
    kept = {row.file.sha256 for row in evidences}
    given = {row.file.source_sha256 for row in evidences} - {""}
    others = list(
        Evidence.objects.filter(
            Q(file__sha256__in=kept) | Q(file__source_sha256__in=given)
        )
        .select_related("file", "activity", "honor", "story")
        .order_by("pk")
    )
    visible = set()
    if len(others) > len(evidences):
        numbers = [row.pk for row in others]
        rows = Evidence.objects.visible_to(user).filter(pk__in=numbers)
        visible = set(rows.values_list("pk", flat=True))
    found = defaultdict(list)
    for evidence in evidences:
        for other in others:
            if other.pk != evidence.pk and _is_same(evidence, other):
                found[evidence.pk].append(
                    _named(other) if other.pk in visible else Duplicate()
                )
    return dict(found)


def _is_same(one: Evidence, other: Evidence) -> bool:
    source = one.file.source_sha256
    return one.file.sha256 == other.file.sha256 or bool(
        source and source == other.file.source_sha256
    )


def _named(evidence: Evidence) -> Duplicate:
    target = evidence.activity or evidence.honor or evidence.story
    at = evidence.activity.starts_at if evidence.activity else evidence.added_at
    return Duplicate(str(target), timezone.localdate(at))


def photos_to_choose(user: User, *, text: str = "") -> QuerySet:
    """Photos of records the user records for, each file once, the newest first.

    Not those of stories and of families' honours: the people shown agreed to be shown
    there and nowhere else, and taking it back would not reach another record.
    `text` narrows them to activities with these words in their title.
    """
    of_honor = Q(honor__isnull=False) & scope_filter(
        user, Permission.HONOR_APPLY, organization="honor__organization"
    )
    own = Activity.objects.managed_by(user).order_by()
    of_activity = Q(activity__in=own.values("pk"))
    rows = Evidence.objects.visible_to(user).photos()
    rows = rows.filter(of_activity | of_honor & ~Q(honor__kind=Honor.Kind.FAMILY))
    if text:
        rows = rows.filter(activity__title__icontains=text)
    first = rows.order_by().values("file").annotate(first=Min("pk")).values("first")
    return (
        Evidence.objects.filter(pk__in=first)
        .select_related("file", "activity", "honor", "story")
        .order_by("-pk")
    )
