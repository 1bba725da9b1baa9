"""The page of one whistle, put together for who looks at it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from campaigns.forms.whistles import (
    ExtensionAnswerForm,
    IssueForm,
    RateForm,
    ReopenForm,
    WhistlePhotoForm,
    WithdrawForm,
)
from campaigns.models import Whistle, WhistleResponse
from campaigns.queries.whistle_pages import (
    community_then,
    deliveries_of,
    finish_entries,
    last_return,
    merged_with,
    opens_target,
    photos_of,
    responses_of,
    shown_clock,
    timeline_of,
)
from campaigns.rules import Deed, can_see_contact, deeds_for, may
from campaigns.views.whistle_answer_part import answer_part
from campaigns.views.whistle_dispatch_part import dispatch_part
from communities.permissions import require

PAGE_SIZE = 30


def visible_whistle(request: HttpRequest, pk: int) -> Whistle:
    """The whistle, or 404 when it is out of the user's scope."""
    whistles = Whistle.objects.visible_to(request.user).select_related(
        "community__subdistrict", "category", "merged_into"
    )
    return get_object_or_404(whistles, pk=pk)


def whistle_for(request: HttpRequest, pk: int, deed: Deed) -> Whistle:
    """The whistle, or 403 for those whose deed this is not, whatever its state."""
    whistle = visible_whistle(request, pk)
    require(may(request.user, deed, whistle))
    return whistle


def whistle_page(
    request: HttpRequest,
    whistle: Whistle,
    *,
    status: int = 200,
    response_forms: dict[int, dict[str, Any]] | None = None,
    **sent: Any,
) -> HttpResponse:
    """The whistle's page.

    `sent` are forms that came back with mistakes, by their names in the context;
    `response_forms` the same for responses, by their number.
    """
    user = request.user
    deeds = deeds_for(user, whistle)
    page = Paginator(timeline_of(whistle), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = finish_entries(list(page.object_list), user)
    context = {
        "whistle": whistle,
        "community_then": community_then(whistle),
        "deeds": deeds,
        "clock": shown_clock(whistle, timezone.now()),
        "responses": _responses(request, whistle, response_forms or {}),
        "page": page,
        "returned": last_return(whistle),
        "merged": merged_with(whistle, user),
        "opens_target": opens_target(whistle, user),
        "sees_contact": can_see_contact(user, whistle),
        "dispatch": dispatch_part(request, whistle),
        **photo_part(whistle, can_add=Deed.PHOTOGRAPH in deeds),
        **judge_part(whistle, deeds),
        **_sending_forms(whistle, deeds),
        **sent,
    }
    return render(request, "campaigns/whistle_detail.html", context, status=status)


def photo_part(whistle: Whistle, *, can_add: bool) -> dict[str, Any]:
    """What `_whistle_photos.html` needs beside the whistle."""
    photos = photos_of(whistle)
    room = max(Whistle.MOST_PHOTOS - len(photos), 0) if can_add else 0
    return {
        "photos": photos,
        "can_add": can_add,
        "room": room,
        "photo_form": WhistlePhotoForm() if room else None,
    }


def judge_part(whistle: Whistle, deeds: set[Deed]) -> dict[str, Any]:
    """What `_whistle_judge.html` needs beside the whistle; forms it may not use: none.

    `reopenings_left` is how many times it may still be sent back to be done again.
    """
    judges = Deed.RATE in deeds
    return {
        "deliveries": deliveries_of(whistle) if judges else [],
        "rate_form": RateForm() if judges else None,
        "reopen_form": ReopenForm() if Deed.REOPEN in deeds else None,
        "can_verify": Deed.VERIFY in deeds,
        "reopenings_left": Whistle.MOST_REOPENINGS - whistle.reopened_count,
    }


def _sending_forms(whistle: Whistle, deeds: set[Deed]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if Deed.ISSUE in deeds:
        found["issue_form"] = IssueForm(whistle=whistle, day=timezone.localdate())
    if Deed.WITHDRAW in deeds:
        found["withdraw_form"] = WithdrawForm()
    return found


def _responses(
    request: HttpRequest, whistle: Whistle, sent: dict[int, dict[str, Any]]
) -> list[WhistleResponse]:
    rows = responses_of(whistle, user=request.user, now=timezone.now())
    for row in rows:
        row.forms = {**answer_part(request, row), **sent.get(row.pk, {})}
        if Deed.ANSWER_EXTENSION in row.deeds:
            blank = ExtensionAnswerForm(extension=row.extension)
            row.forms.setdefault("extension_answer_form", blank)
    return rows
