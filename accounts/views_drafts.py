"""What is typed into a long form, sent by its script while it is typed."""

from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.drafts import (
    DraftRefused,
    DraftTooLong,
    drop_draft,
    is_draft_key,
    save_draft,
)
from core.redirects import safe_path

OPENED = "draft_opened"
LAST_MILLISECOND = 4_102_444_800_000  # the year 2100


class _OpenedForm(forms.Form):
    """When the form was opened, in milliseconds as scripts count them."""

    draft_opened = forms.IntegerField(
        required=False, min_value=0, max_value=LAST_MILLISECOND
    )


@require_POST
@login_required
def draft_save(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the fields of a form as a draft; answers nothing."""
    _require_key(key)
    opened = _OpenedForm(request.POST)
    fields = {name: values for name, values in request.POST.lists() if name != OPENED}
    if not opened.is_valid() or request.FILES:
        return _refusal(_("只保存文字内容，未能自动保存。"), status=422)
    milliseconds = opened.cleaned_data[OPENED]
    try:
        save_draft(
            owner=request.user,
            key=key,
            fields=fields,
            now=timezone.now(),
            opened_at=_moment(milliseconds),
        )
    except DraftTooLong as error:
        return _refusal(str(error), status=413)
    except DraftRefused as error:
        return _refusal(str(error), status=422)
    return HttpResponse(status=204)


@require_POST
@login_required
def draft_discard(request: HttpRequest, key: str) -> HttpResponse:
    """Forget a draft and go back to the form."""
    _require_key(key)
    drop_draft(owner=request.user, key=key, now=timezone.now())
    messages.success(request, _("未提交的内容已丢弃。"))
    return redirect(safe_path(request, request.POST.get("next")) or "start")


def _require_key(key: str) -> None:
    if not is_draft_key(key):
        raise Http404


def _moment(milliseconds: int | None) -> datetime | None:
    if milliseconds is None:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def _refusal(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
