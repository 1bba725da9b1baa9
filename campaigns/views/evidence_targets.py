"""What evidence can prove: where it is found, who may change what proves it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from campaigns.actions.evidence import Target, target_of
from campaigns.models import Activity, Evidence, Honor, Story
from campaigns.permissions import can_edit_activity, can_edit_honor, can_edit_story


class Kind(NamedTuple):
    """One kind of record that evidence can prove."""

    model: type
    related: tuple[str, ...]
    can_edit: Callable[[User, Any], bool]


KINDS = {
    "activities": Kind(Activity, ("organization", "campaign"), can_edit_activity),
    "honors": Kind(Honor, ("organization", "community"), can_edit_honor),
    "stories": Kind(Story, ("organization", "community"), can_edit_story),
}


def kind_of(target: Target) -> str:
    """The kind's name as URLs have it."""
    return next(name for name, kind in KINDS.items() if isinstance(target, kind.model))


def can_edit_evidence(user: User, target: Target) -> bool:
    """Whether the user may add, describe and take back what proves the target."""
    return KINDS[kind_of(target)].can_edit(user, target)


def visible_target(request: HttpRequest, kind: str, pk: int) -> Target:
    """The record, or 404 when the user may not see it."""
    if kind not in KINDS:
        raise Http404
    rows: QuerySet = KINDS[kind].model.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related(*KINDS[kind].related), pk=pk)


def visible_evidence(request: HttpRequest, pk: int) -> tuple[Evidence, Target]:
    """The evidence and what it proves, or 404 when the user may not see it."""
    rows = Evidence.objects.visible_to(request.user).select_related(
        "file",
        "activity__organization",
        "activity__campaign",
        *(
            f"{noun}__{of}"
            for noun in ("honor", "story")
            for of in KINDS["honors"].related
        ),
    )
    evidence = get_object_or_404(rows, pk=pk)
    return evidence, target_of(evidence)
