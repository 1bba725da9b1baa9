"""Reports as files: small ones at once, others and unmasked ones in the background."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from accounts.exports import request_export
from communities.permissions import Permission, has_permission, require
from core import audit
from core.errors import RuleError
from core.sheets_write import csv_response, xlsx_response
from reports.exports.base import Report
from reports.exports.report_job import FORMATS, ReportRequest, file_name
from reports.forms import ReportForm
from reports.forms_saved import PurposeForm
from reports.queries.asked import FILE_KIND
from reports.views_reports import asked_of, refused


@require_GET
@login_required
def report_export(request: HttpRequest, slug: str, file_format: str) -> HttpResponse:
    """The report as a file; who took what and how many rows is on record before."""
    report, form = _asked_of(request, slug, file_format)
    if not form.is_valid():
        return refused(request, report, form.refusals())
    filters = form.filters
    rows = report.rows(request.user, filters)
    count = report.count(rows, filters.boundary)
    limit = settings.REPORT_ROWS_AT_ONCE[file_format]
    if count > limit:
        too_many = _("记录超过 %(limit)d 条，请在报表页选择后台生成，或者缩小范围。")
        return refused(request, report, [too_many % {"limit": limit}])
    audit.record(
        "reports.exported",
        target=request.user,
        by=request.user,
        report=report.slug,
        title=str(report.title),
        format=file_format,
        filters=form.resolved_values(),
        columns=form.columns_chosen or None,
        rows=count,
    )
    asked = _request_of(report, form, file_format)
    table = {
        "columns": report.head(asked.chosen),
        "rows": report.cells(rows, filters.boundary, asked.chosen),
    }
    if file_format == "csv":
        return csv_response(file_name(asked), **table)
    about = asked.about(request.user, filters)
    title = str(report.title)
    return xlsx_response(file_name(asked), sheet_name=title, about=about, **table)


@require_POST
@login_required
def report_make(request: HttpRequest, slug: str, file_format: str) -> HttpResponse:
    """Have the file made in the background, persons masked."""
    report, form = _asked_of(request, slug, file_format)
    if not form.is_valid():
        return refused(request, report, form.refusals())
    return _make(request, _request_of(report, form, file_format))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_unmasked(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a purpose, then have the file made with persons as they are."""
    report, form = asked_of(request, slug)
    require(has_permission(request.user, Permission.REPORT_UNMASK))
    if not form.is_valid():
        return refused(request, report, form.refusals())
    if not any(column.mask for column in report.choose(form.columns_chosen)):
        raise Http404
    purpose_form = PurposeForm(request.POST or None)
    if request.method == "POST" and purpose_form.is_valid():
        cleaned = purpose_form.cleaned_data
        asked = _request_of(report, form, cleaned["file_format"], cleaned["purpose"])
        return _make(request, asked)
    context = {
        "report": report,
        "form": purpose_form,
        "words": form.in_words(),
        "query": form.query,
        "kept_days": settings.EXPORT_KEPT_DAYS,
        "personal": [
            column.title for column in report.choose(form.columns_chosen) if column.mask
        ],
    }
    status = 422 if purpose_form.is_bound else 200
    return render(request, "reports/report_unmasked.html", context, status=status)


def _asked_of(
    request: HttpRequest, slug: str, file_format: str
) -> tuple[Report, ReportForm]:
    report, form = asked_of(request, slug)
    if file_format not in FORMATS:
        raise Http404
    return report, form


def _request_of(
    report: Report, form: ReportForm, file_format: str, purpose: str = ""
) -> ReportRequest:
    return ReportRequest(
        slug=report.slug,
        file_format=file_format,
        filters=form.resolved_values(),
        columns=form.columns_chosen,
        purpose=purpose,
    )


def _make(request: HttpRequest, asked: ReportRequest) -> HttpResponse:
    try:
        request_export(owner=request.user, kind=FILE_KIND, parameters=asked.plain())
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已开始生成文件，完成后会通知您。"))
    return redirect("accounts:export_list")
