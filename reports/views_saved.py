"""A person's saved report settings: kept, opened, made by the clock, forgotten."""

from typing import Any
from urllib.parse import urlencode

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

from accounts.models import SavedReport
from communities.permissions import Permission, has_permission, require
from core.errors import RuleError
from reports.actions import change_saved_report, remove_saved_report, save_report
from reports.exports import REPORTS
from reports.forms_saved import SavedReportForm
from reports.views_reports import asked_of, refused


@require_safe
@login_required
def saved_report_list(request: HttpRequest) -> HttpResponse:
    """The person's settings; no more than MOST_SAVED, so on one page."""
    require(has_permission(request.user, Permission.REPORT_EXPORT))
    saved = list(SavedReport.objects.filter(owner=request.user))
    for one in saved:
        one.of = REPORTS.get(one.report)
        one.query = urlencode(
            {**one.parameters["filters"], "columns": one.parameters["columns"]},
            doseq=True,
        )
    return render(request, "reports/saved_report_list.html", {"saved": saved})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_save(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the filters and columns of the address under a name."""
    report, asked = asked_of(request, slug)
    if not asked.is_valid():
        return refused(request, report, asked.refusals())
    form = SavedReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        parameters = {"filters": asked.plain_values(), "columns": asked.columns_chosen}
        try:
            save_report(
                by=request.user,
                report=report.slug,
                parameters=parameters,
                today=timezone.localdate(),
                **form.cleaned_data,
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("报表设置已保存。"))
            return redirect("reports:saved_report_list")
    context = {"report": report, "words": asked.in_words(), "query": asked.query}
    return _form_page(request, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saved_report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give settings another name, format or schedule."""
    saved = _own(request, pk)
    names = ("name", "file_format", "schedule")
    initial = {name: getattr(saved, name) for name in names}
    form = SavedReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_saved_report(
                saved=saved,
                by=request.user,
                today=timezone.localdate(),
                **form.cleaned_data,
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("报表设置已修改。"))
            return redirect("reports:saved_report_list")
    return _form_page(request, form, {"saved": saved})


@require_POST
@login_required
def saved_report_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget settings."""
    remove_saved_report(saved=_own(request, pk), by=request.user)
    messages.success(request, _("报表设置已删除。"))
    return redirect("reports:saved_report_list")


def _own(request: HttpRequest, pk: int) -> SavedReport:
    require(has_permission(request.user, Permission.REPORT_EXPORT))
    return get_object_or_404(SavedReport, pk=pk, owner=request.user)


def _form_page(
    request: HttpRequest, form: SavedReportForm, context: dict[str, Any]
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context["form"] = form
    return render(request, "reports/saved_report_form.html", context, status=status)
