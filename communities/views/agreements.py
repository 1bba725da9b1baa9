"""Pages of co-building agreements: list, one agreement, recording, renewal, file."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from communities.actions import agreements as actions
from communities.forms.agreements import (
    AgreementEndForm,
    AgreementFileForm,
    AgreementFilterForm,
    AgreementForm,
    RenewalForm,
)
from communities.models import Agreement
from communities.permissions import Permission, has_permission, require
from communities.queries.agreements import (
    agreements_visible_to,
    can_manage_agreement,
    filtered_agreements,
    name_sides,
)
from communities.views.posted import posted
from core.errors import RuleError
from core.private_files import private_file

PAGE_SIZE = 25
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg"}


@require_safe
@login_required
@vary_on_headers("HX-Request")
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Agreements in the official's scope."""
    require(has_permission(request.user, Permission.AGREEMENT_VIEW))
    form = AgreementFilterForm(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "can_record": has_permission(request.user, Permission.AGREEMENT_MANAGE),
    }
    if form.is_valid():
        rows = filtered_agreements(
            agreements_visible_to(request.user), **form.cleaned_data
        )
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = name_sides(list(page.object_list))
        context["page"] = page
    name = "_agreement_rows.html" if request.htmx else "agreement_list.html"
    return render(request, f"communities/{name}", context)


@require_safe
@login_required
def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement with its dates, file and renewals."""
    return _detail(request, _agreement(request, pk))


def _detail(
    request: HttpRequest,
    agreement: Agreement,
    *,
    form: AgreementFileForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    can_manage = can_manage_agreement(request.user, agreement)
    context = {
        "agreement": agreement,
        "renews": _shown(request, agreement.renews_id),
        "renewal": _shown(request, getattr(agreement, "renewal", None)),
        "can_renew": can_manage and not agreement.is_renewed,
        "can_end": can_manage
        and not agreement.is_renewed
        and agreement.ends_on >= today,
        "file_form": form or AgreementFileForm()
        if can_manage and not agreement.file
        else None,
    }
    return render(
        request,
        "communities/agreement_detail.html",
        context,
        status=422 if form else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agreement_create(request: HttpRequest) -> HttpResponse:
    """Record an agreement of a pair of which the user keeps one side."""
    require(has_permission(request.user, Permission.AGREEMENT_MANAGE))
    form = AgreementForm(*posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        pairing = typed.pop("pairing")
        try:
            agreement = actions.record_agreement(
                organization=pairing.organization,
                community=pairing.community,
                by=request.user,
                **typed,
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("协议已登记。"))
            return redirect(agreement)
    context = {"form": form, "heading": _("登记共建协议")}
    return _form_page(request, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agreement_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the agreement that goes on from the day after this one ends."""
    agreement = _kept(request, pk)
    initial = {"title": agreement.title, "summary": agreement.summary}
    form = RenewalForm(*posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            renewal = actions.renew_agreement(
                agreement=agreement, by=request.user, **form.cleaned_data
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("续签已登记。"))
            return redirect(renewal)
    context = {
        "form": form,
        "heading": _("续签共建协议"),
        "agreement": agreement,
        "starts_on": agreement.ends_on + timedelta(days=1),
    }
    return _form_page(request, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agreement_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an agreement earlier than agreed."""
    agreement = _kept(request, pk)
    form = AgreementEndForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_agreement(
                agreement=agreement, by=request.user, **form.cleaned_data
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("协议的最后一天已登记。"))
            return redirect(agreement)
    context = {
        "form": form,
        "heading": _("提前终止协议"),
        "agreement": agreement,
        "ending": _("提前终止"),
        "consequences": [
            _("最后一天过后协议失效，不能恢复；要再共建须另签一份。"),
            _("单位和社区（村）都能看到最后一天，记录和文件保留。"),
        ],
    }
    return _form_page(request, form, context)


@require_POST
@login_required
def agreement_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the signed paper to an agreement recorded without it."""
    agreement = _kept(request, pk)
    form = AgreementFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _detail(request, agreement, form=form)
    try:
        actions.attach_agreement_file(
            agreement=agreement, by=request.user, **form.cleaned_data
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("协议文件已上传。"))
    return redirect(agreement)


@require_safe
@login_required
def agreement_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper of an agreement, to be saved, for those who may see the agreement."""
    agreement = _agreement(request, pk)
    if not agreement.file:
        raise Http404
    extension = agreement.file.rpartition(".")[2]
    return private_file(
        agreement.file,
        as_attachment=True,
        filename=agreement.file_name,
        content_type=CONTENT_TYPES.get(extension, "application/octet-stream"),
    )


def _agreement(request: HttpRequest, pk: int) -> Agreement:
    """An agreement in scope, under the names of the day it began; or 404."""
    rows = agreements_visible_to(request.user).select_related(
        "organization", "community__successor", "renewal"
    )
    return name_sides([get_object_or_404(rows, pk=pk)])[0]


def _kept(request: HttpRequest, pk: int) -> Agreement:
    """An agreement in scope of which the user keeps one side, or 404 and 403."""
    agreement = _agreement(request, pk)
    require(can_manage_agreement(request.user, agreement))
    return agreement


def _shown(request: HttpRequest, row: Agreement | int | None) -> Agreement | None:
    """The agreement before or after, where the user may see it."""
    if row is None:
        return None
    pk = row if isinstance(row, int) else row.pk
    return agreements_visible_to(request.user).filter(pk=pk).first()


def _form_page(
    request: HttpRequest, form: Any, context: dict[str, Any]
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "communities/agreement_form.html", context, status=status)
