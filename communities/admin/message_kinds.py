"""The office's pages of the kinds of messages: switch, lead times, words, preview."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import KindText
from accounts.notifications.kind_overview import kind_rows, kinds_by_topic
from accounts.notifications.kind_settings import (
    reset_text,
    save_text,
    set_leads,
    switch_kind,
)
from accounts.notifications.kinds import KINDS, Kind, Text, Topic
from accounts.notifications.previews import Preview, preview_of
from accounts.notifications.texts import Words, marks_of, own_words, words_in
from communities.admin.message_kind_forms import SettingForm, TextForm
from communities.admin_base import Link
from communities.permissions import Permission, has_permission

# The right only the office has to run the portal.
RUNS_MESSAGES = Permission.CAMPAIGN_MANAGE
ALL_TOPICS = "all"


@dataclass(frozen=True, kw_only=True)
class TextBlock:
    """One variant on the page: its form, what it may name, how it looks."""

    variant: str
    text: Text
    form: TextForm
    url: str
    marks: dict
    stored: KindText | None
    preview: Preview
    unsaved: Preview | None


def may_run_messages(request: HttpRequest) -> bool:
    """Whether the person may see and change what is set about messages."""
    user = request.user
    return user.is_superuser or has_permission(user, RUNS_MESSAGES)


def for_who_runs_messages(view: Callable) -> Callable:
    """Inside the admin site: 403 for all others."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_run_messages(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return answer


def kind_urls() -> list[URLPattern]:
    """The pages, to stand below the messages'."""
    guard = admin.site.admin_view
    return [
        path("kinds/", guard(message_kinds), name="message_kinds"),
        path("kinds/<slug:code>/", guard(message_kind), name="message_kind"),
        path(
            "kinds/<slug:code>/setting/",
            guard(message_kind_setting),
            name="message_kind_setting",
        ),
        path(
            "kinds/<slug:code>/text/",
            guard(message_kind_text),
            name="message_kind_text",
        ),
        path(
            "kinds/<slug:code>/text/<slug:variant>/",
            guard(message_kind_text),
            name="message_kind_text",
        ),
    ]


def kind_links(request: HttpRequest) -> list[Link]:
    """The way there from the front page."""
    if not may_run_messages(request):
        return []
    return [Link(_("消息种类与文字"), reverse("admin:message_kinds"))]


@require_safe
@for_who_runs_messages
def message_kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of a topic: who gets them when, what is set, what became of them."""
    asked = request.GET.get("topic", "")
    topic = asked if asked in Topic.values or asked == ALL_TOPICS else Topic.values[0]
    context = {
        "title": _("消息种类与文字"),
        "choices": [*Topic.choices, (ALL_TOPICS, _("全部"))],
        "chosen": topic,
        "topics": kinds_by_topic(topic, now=timezone.now()),
    }
    return _page(request, "admin/message_kinds.html", context)


@require_safe
@for_who_runs_messages
def message_kind(request: HttpRequest, code: str) -> HttpResponse:
    """One kind: its switch, lead times and words, with a preview of each."""
    return _kind_page(request, _kind_or_404(code))


@require_POST
@for_who_runs_messages
def message_kind_setting(request: HttpRequest, code: str) -> HttpResponse:
    """Switch the kind, set its lead times."""
    kind = _kind_or_404(code)
    form = SettingForm(request.POST, kind=kind)
    if not form.fields:
        raise Http404
    if not form.is_valid():
        return _kind_page(request, kind, setting=form)
    with transaction.atomic():
        if "is_on" in form.cleaned_data:
            is_on = form.cleaned_data["is_on"]
            switch_kind(code=code, is_on=is_on, by=request.user)
        if "lead" in form.cleaned_data:
            set_leads(code=code, typed=form.cleaned_data["lead"], by=request.user)
    messages.success(request, _("已保存“%(kind)s”的设置。") % {"kind": kind.label})
    return redirect("admin:message_kind", code)


@require_POST
@for_who_runs_messages
def message_kind_text(
    request: HttpRequest, code: str, variant: str = ""
) -> HttpResponse:
    """Save, try or take back the words of one variant."""
    kind = _kind_or_404(code)
    if variant not in kind.texts:
        raise Http404
    if request.POST.get("act") == TextForm.RESET:  # whatever stands in the form
        reset_text(code=code, variant=variant, by=request.user)
        messages.success(request, _("已恢复平台原来的文字。"))
        return redirect("admin:message_kind", code)
    form = _text_form(kind, variant, request.POST)
    if not form.is_valid() or form.cleaned_data["act"] == TextForm.PREVIEW:
        return _kind_page(request, kind, texts={variant: form})
    title, body = form.cleaned_data["title"], form.cleaned_data["body"]
    save_text(code=code, variant=variant, title=title, body=body, by=request.user)
    messages.success(request, _("已保存“%(kind)s”的文字。") % {"kind": kind.label})
    return redirect("admin:message_kind", code)


def _kind_or_404(code: str) -> Kind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _text_form(
    kind: Kind, variant: str, data: Any = None, *, words: Words = ("", "")
) -> TextForm:
    title, body = words
    return TextForm(
        data,
        initial={"title": title, "body": body},
        text=kind.texts[variant],
        auto_id=f"id_{variant or 'text'}_%s",
    )


def _kind_page(
    request: HttpRequest,
    kind: Kind,
    *,
    setting: SettingForm | None = None,
    texts: dict[str, TextForm] | None = None,
) -> HttpResponse:
    """The page, with what was posted where it was refused or is only tried."""
    [row] = kind_rows([kind], now=timezone.now())
    posted = texts or {}
    held = KindText.objects.filter(kind=kind.code).select_related("changed_by")
    stored = {text.variant: text for text in held}
    initial = {"is_on": row.is_on, "lead": row.lead.replace(",", "、")}
    context = {
        "title": kind.label,
        "row": row,
        "setting": setting or SettingForm(initial=initial, kind=kind),
        "blocks": [
            _block(kind, variant, posted.get(variant), stored.get(variant))
            for variant in kind.texts
        ],
    }
    is_refused = any(form.errors for form in (setting, *posted.values()) if form)
    status = 422 if is_refused else 200
    return _page(request, "admin/message_kind.html", context, status=status)


def _block(
    kind: Kind, variant: str, posted: TextForm | None, stored: KindText | None
) -> TextBlock:
    text = kind.texts[variant]
    words = words_in(text, stored)
    unsaved = None
    if posted is not None and posted.is_valid():
        own_title, own_body = own_words(text)
        typed = posted.cleaned_data
        tried = (typed["title"] or own_title, typed["body"] or own_body)
        unsaved = preview_of(kind, text, tried)
    return TextBlock(
        variant=variant,
        text=text,
        form=posted or _text_form(kind, variant, words=words),
        url=reverse("admin:message_kind_text", args=filter(None, (kind.code, variant))),
        marks=marks_of(text),
        stored=stored,
        preview=preview_of(kind, text, words),
        unsaved=unsaved,
    )


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, template, context, status=status)
