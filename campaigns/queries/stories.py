"""Reads of stories: what everyone reads, what waits on the desk."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils import timezone

from accounts.models import User
from campaigns.models import EvidenceFile, Story
from communities.models import Subdistrict
from communities.permissions import Permission, has_permission, scope_filter
from communities.queries.history import community_history
from core.heads import Head, head_of

State = Story.State
DESK_ROWS = 5


def public_stories(
    *, kind: str = "", street: Subdistrict | None = None
) -> models.QuerySet:
    """Published stories, the newest first, each with `first_photo_id`."""
    stories = Story.objects.public().select_related("community")
    if kind:
        stories = stories.filter(kind=kind)
    if street is not None:
        stories = stories.filter(community__subdistrict=street)
    return stories.annotate(
        first_photo_id=models.Min(
            "evidence__pk",
            filter=models.Q(evidence__file__kind=EvidenceFile.Kind.PHOTO),
        )
    ).order_by("-published_at", "-pk")


def with_communities_then(stories: Iterable[Story]) -> list[Story]:
    """The stories, each with `community_then`: its community as it was called then.

    The day is that of publishing, or of writing for what is not published.
    """
    stories = list(stories)
    history = community_history({story.community_id for story in stories})
    for story in stories:
        day = timezone.localdate(story.published_at or story.created_at)
        story.community_then = history.on(story.community_id, day) or story.community
    return stories


def stories_listed_for(user: User) -> models.QuerySet:
    """Stories on the official's desk: written in their scope, or handed in there."""
    rows = Story.objects.filter(_written_by(user) | _in_scope(user) & ~_DRAFT)
    return rows.select_related("community__subdistrict", "organization")


_DRAFT = models.Q(state=State.DRAFT)


def _written_by(user: User) -> models.Q:
    return scope_filter(
        user,
        Permission.STORY_WRITE,
        organization="organization",
        community="community",
    )


def _in_scope(user: User) -> models.Q:
    return scope_filter(
        user, Permission.STORY_VIEW, organization="organization", community="community"
    )


def filtered_stories(
    stories: models.QuerySet,
    *,
    text: str = "",
    street: Subdistrict | None = None,
    kind: str = "",
    state: str = "",
) -> models.QuerySet:
    """Stories by words of their title or community, street, kind and state.

    What waits for somebody comes first, the longest waiting at the top.
    """
    if text:
        stories = stories.filter(
            models.Q(title__icontains=text) | models.Q(community__name__icontains=text)
        )
    if street is not None:
        stories = stories.filter(community__subdistrict=street)
    if kind:
        stories = stories.filter(kind=kind)
    if state:
        stories = stories.filter(state=state)
    waits = models.Case(
        models.When(state=State.SUBMITTED, then=0),
        models.When(state__in=[State.RETURNED, State.HIDDEN], then=1),
        models.When(state=State.DRAFT, then=2),
        default=3,
    )
    return stories.order_by(waits, "-state_changed_at", "-pk")


def desk_stories(user: User, *, today: date) -> dict | None:
    """What of the stories waits for the official; None without a part in them.

    For the office those handed in by others, the longest waiting first; for writers
    those returned, hidden or still drafts.
    """
    reviews = has_permission(user, Permission.STORY_PUBLISH)
    writes = has_permission(user, Permission.STORY_WRITE)
    if not (reviews or writes):
        return None
    rows = stories_listed_for(user)
    waiting = rows.filter(state=State.SUBMITTED).exclude(submitted_by=user)
    own = rows.filter(_written_by(user), state__in=Story.EDITABLE_STATES)
    context = {
        "reviews": reviews,
        "writes": writes,
        "today": today,
        "waiting": _first(waiting.order_by("submitted_at", "pk"), only=reviews),
        "own": _first(own.order_by("-state_changed_at", "-pk"), only=writes),
    }
    context["is_empty"] = not (context["waiting"] or context["own"])
    return context


def _first(stories: models.QuerySet, *, only: bool) -> Head:
    head = head_of(stories if only else stories.none(), DESK_ROWS)
    with_communities_then(head)
    return head
