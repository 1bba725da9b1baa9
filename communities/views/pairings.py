"""Pages of the pairings: the list as of a day, and the upload of a notice."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from communities import actions
from communities.forms.pairings import PairingFilterForm, PairingNoticeForm
from communities.imports.pairing_entries import CREATED, REFUSED, PairingPlan
from communities.imports.pairing_plan import notice_named, plan_pairings
from communities.imports.pairings import rows_from_json
from communities.models import PairingImport
from communities.permissions import Permission, has_permission, require
from communities.queries.pairings import filtered_pairings, pairings_visible_to
from core.errors import RuleError

PAGE_SIZE = 25
PREVIEW_SIZE = 100
LAST_UPLOADS = 5


@require_safe
@login_required
@vary_on_headers("HX-Request")
def pairing_list(request: HttpRequest) -> HttpResponse:
    """Pairings in the official's scope as of a day, telephone numbers masked."""
    require(has_permission(request.user, Permission.PAIRING_VIEW))
    form = PairingFilterForm(request.GET)
    context = {
        "form": form,
        "can_publish": has_permission(request.user, Permission.PAIRING_PUBLISH),
    }
    if form.is_valid():
        day = form.cleaned_data["day"] or timezone.localdate()
        pairings = filtered_pairings(
            pairings_visible_to(request.user),
            day=day,
            street=form.cleaned_data["street"],
            text=form.cleaned_data["text"],
        )
        page = Paginator(pairings, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"day": day, "page": page}
    name = "_pairing_rows.html" if request.htmx else "pairing_list.html"
    return render(request, f"communities/{name}", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pairing_import(request: HttpRequest) -> HttpResponse:
    """Upload a notice; its rows are kept for the preview."""
    require(has_permission(request.user, Permission.PAIRING_PUBLISH))
    is_post = request.method == "POST"
    form = PairingNoticeForm(request.POST, request.FILES) if is_post else None
    if form is not None and form.is_valid():
        file_name, rows = form.cleaned_data["file"]
        uploaded = actions.upload_pairings(
            rows=rows,
            file_name=file_name,
            number=form.cleaned_data["number"],
            starts_on=form.cleaned_data["starts_on"],
            by=request.user,
        )
        return redirect(uploaded)
    uploads = PairingImport.objects.visible_to(request.user).defer("rows")
    context = {
        "form": form or PairingNoticeForm(),
        "uploads": uploads.order_by("-pk")[:LAST_UPLOADS],
    }
    return render(
        request,
        "communities/pairing_import.html",
        context,
        status=422 if is_post else 200,
    )


def _own_import(request: HttpRequest, pk: int) -> PairingImport:
    """The user's own upload, or 404; 403 when the right to publish has gone."""
    uploaded = get_object_or_404(PairingImport.objects.visible_to(request.user), pk=pk)
    require(has_permission(request.user, Permission.PAIRING_PUBLISH))
    return uploaded


@require_safe
@login_required
def pairing_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the uploaded notice would do now, row by row; the refused rows first."""
    uploaded = _own_import(request, pk)
    plan = plan_pairings(rows_from_json(uploaded.rows), starts_on=uploaded.starts_on)
    refusal = _notice_refusal(uploaded)
    entries = sorted(plan.entries, key=lambda entry: entry.outcome != REFUSED)
    context = {
        "uploaded": uploaded,
        "counts": plan.counts,
        "refusal": refusal,
        "can_confirm": not (refusal or plan.problems or uploaded.confirmed_at),
        "page": Paginator(entries, PREVIEW_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "communities/pairing_import_preview.html", context)


def _notice_refusal(uploaded: PairingImport) -> str:
    try:
        notice_named(uploaded.number, uploaded.starts_on)
    except RuleError as error:
        return str(error)
    return ""


@require_POST
@login_required
def pairing_import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the uploaded notice, all or nothing; a second time does nothing."""
    uploaded = _own_import(request, pk)
    try:
        plan = actions.confirm_pairing_import(pairing_import=uploaded, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
        return redirect(uploaded)
    _say_confirmed(request, plan)
    if uploaded.starts_on > timezone.localdate():
        query = f"?day={uploaded.starts_on.isoformat()}"
        return redirect(f"{resolve_url('communities:pairing_list')}{query}")
    return redirect("communities:pairing_list")


def _say_confirmed(request: HttpRequest, plan: PairingPlan | None) -> None:
    if plan is None:
        messages.info(request, _("这份通知已经确认过，没有重复写入。"))
    elif plan.counts[CREATED]:
        messages.success(
            request,
            _("已新增 %(created)d 对结对，%(stays)d 对保持不变。") % plan.counts,
        )
    else:
        messages.info(request, _("全部结对早已登记，没有变化。"))
