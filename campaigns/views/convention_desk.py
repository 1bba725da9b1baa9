"""The office's work on the civic convention: drafts, preview, publishing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from campaigns.actions import conventions as actions
from campaigns.forms.conventions import ConventionForm
from campaigns.models import Convention
from campaigns.queries.conventions import current_convention, pledge_counts
from communities.permissions import Permission, has_permission, require
from communities.views.posted import posted
from core.errors import RuleError


def _require_office(request: HttpRequest) -> None:
    require(has_permission(request.user, Permission.CAMPAIGN_MANAGE))


def _convention(request: HttpRequest, number: int) -> Convention:
    version = get_object_or_404(Convention, number=number)
    _require_office(request)
    return version


@require_safe
@login_required
def desk_convention_list(request: HttpRequest) -> HttpResponse:
    """All versions, the draft at the top."""
    _require_office(request)
    versions = list(Convention.objects.select_related("created_by").defer("text"))
    has_draft = any(row.state == Convention.State.DRAFT for row in versions)
    context = {"versions": versions, "has_draft": has_draft}
    return render(request, "campaigns/desk_convention_list.html", context)


@require_safe
@login_required
def desk_convention(request: HttpRequest, number: int) -> HttpResponse:
    """One version as everyone will read it, and what publishing it brings about."""
    version = _convention(request, number)
    context = {"convention": version}
    if version.state == Convention.State.DRAFT:
        context["current"] = current = current_convention()
        context["counts"] = current and pledge_counts(current)
    return render(request, "campaigns/desk_convention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def convention_create(request: HttpRequest) -> HttpResponse:
    """Draft the next version, starting from the words in force."""
    _require_office(request)
    current = current_convention()
    initial = {"title": current.title, "text": current.text} if current else {}
    form = ConventionForm(*posted(request), initial=initial)
    if form.is_valid():
        try:
            drafted = actions.draft_convention(by=request.user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("草稿已保存，预览无误后再发布。"))
            return redirect("campaigns:desk_convention", drafted.number)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def convention_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a draft."""
    version = _convention(request, number)
    form = ConventionForm(*posted(request), instance=_convention(request, number))
    if form.is_valid():
        try:
            actions.update_convention(
                convention=version, values=form.changed_values(), by=request.user
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("修改已保存。"))
            return redirect("campaigns:desk_convention", number)
    return _form_page(request, form, version)


def _form_page(
    request: HttpRequest, form: ConventionForm, version: Convention | None = None
) -> HttpResponse:
    context = {"form": form, "convention": version}
    status = 422 if form.errors else 200
    return render(request, "campaigns/convention_form.html", context, status=status)


@require_POST
@login_required
def convention_publish(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft in force."""
    version = _convention(request, number)
    try:
        actions.publish_convention(
            convention=version, by=request.user, now=timezone.now()
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("新版公约已发布。"))
    return redirect("campaigns:desk_convention", number)
