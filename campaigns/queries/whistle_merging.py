"""Which whistles another one may be merged into."""

from django.db.models import Case, Q, QuerySet, Value, When

from accounts.models import User
from campaigns.models import Whistle
from campaigns.rules import RULES, Deed

MOST_LISTED = 20


def merge_targets(whistle: Whistle, user: User) -> QuerySet[Whistle]:
    """Whistles of the same street that may be merged themselves, alike ones first.

    The same community before others, then the same category, then the newest; each
    has `is_here` and `is_alike`.
    """
    return (
        Whistle.objects.visible_to(user)
        .filter(
            state__in=RULES[Deed.MERGE].states,
            community__subdistrict=whistle.community.subdistrict_id,
        )
        .exclude(pk=whistle.pk)
        .select_related("community", "category")
        .annotate(
            is_here=_is(community=whistle.community_id),
            is_alike=_is(category=whistle.category_id),
        )
        .order_by("-is_here", "-is_alike", "-issued_at", "-pk")
    )


def matching(targets: QuerySet[Whistle], text: str) -> QuerySet[Whistle]:
    """Those whose number, words or place hold the text."""
    if not text:
        return targets
    return targets.filter(
        Q(number__icontains=text)
        | Q(title__icontains=text)
        | Q(place__icontains=text)
        | Q(community__name__icontains=text)
    )


def _is(**condition: object) -> Case:
    return Case(When(**condition, then=Value(True)), default=Value(False))
