"""A whistle written, changed and shown."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.drafts import draft_of, drop_draft, typed_into
from campaigns.actions import whistles as actions
from campaigns.forms.whistles import WhistleForm
from campaigns.models import Whistle
from campaigns.queries.whistle_pages import clock_table
from campaigns.rules import Deed, refusal_of
from campaigns.views.whistle_page import visible_whistle, whistle_for, whistle_page
from communities.permissions import Permission, has_permission, require
from core.errors import RuleError

NEW = "whistle-new"


@require_safe
@login_required
def whistle_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One whistle: what is asked, who answers, what happened, what may be done."""
    return whistle_page(request, visible_whistle(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def whistle_create(request: HttpRequest) -> HttpResponse:
    """Write a whistle; it is a draft until it is blown."""
    require(has_permission(request.user, Permission.WHISTLE_BLOW))
    form = WhistleForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            whistle = _create(form, request)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("哨单已存为草稿。可以先添加照片，再吹哨。"))
            return redirect(whistle)
    return _form_page(request, form, NEW)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def whistle_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a whistle that is not blown yet, or came back."""
    whistle = whistle_for(request, pk, Deed.EDIT)
    if refusal := refusal_of(Deed.EDIT, whistle):
        messages.error(request, refusal)
        return redirect(whistle)
    form = WhistleForm(
        request.POST or None, user=request.user, instance=visible_whistle(request, pk)
    )
    if request.method == "POST" and form.is_valid():
        try:
            _update(form, whistle, request)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("修改已保存。"))
            return redirect(whistle)
    return _form_page(request, form, _key_of(whistle), whistle)


@transaction.atomic
def _create(form: WhistleForm, request: HttpRequest) -> Whistle:
    whistle = actions.create_whistle(whistle=form.save(commit=False), by=request.user)
    drop_draft(owner=request.user, key=NEW, now=timezone.now())
    return whistle


@transaction.atomic
def _update(form: WhistleForm, whistle: Whistle, request: HttpRequest) -> None:
    actions.update_whistle(
        whistle=whistle, values=form.changed_values(), by=request.user
    )
    drop_draft(owner=request.user, key=_key_of(whistle), now=timezone.now())


def _key_of(whistle: Whistle) -> str:
    return f"whistle-{whistle.pk}"


def _form_page(
    request: HttpRequest,
    form: WhistleForm,
    draft_key: str,
    whistle: Whistle | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "whistle": whistle,
        "clocks": clock_table(),
        "contact_days": settings.RESIDENT_CONTACT_DAYS,
        "draft_key": draft_key,
        "opened": int(timezone.now().timestamp() * 1000),
        **_restored(request, form, draft_key),
    }
    status = 422 if form.errors else 200
    return render(request, "campaigns/whistle_form.html", context, status=status)


def _restored(request: HttpRequest, form: WhistleForm, key: str) -> dict[str, Any]:
    """Put back into a fresh form what was typed and not sent; say so on the page."""
    if form.is_bound:
        return {}
    draft = draft_of(owner=request.user, key=key, now=timezone.now())
    if draft is None or not form.restore(typed_into(draft)):
        return {}
    contested = [str(form.fields[name].label) for name in form.contested]
    return {"draft": draft, "draft_contested": contested}
