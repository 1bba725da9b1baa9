"""The catalogue of reports, their preview and their files."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from communities.permissions import Permission, has_permission, require
from core import audit
from core.sheets_write import csv_response, xlsx_response
from reports.exports import REPORTS
from reports.exports.base import Report
from reports.forms import ReportForm

PREVIEW_ROWS = 20
XLSX_ROW_LIMIT = 200_000
FORMATS = ("xlsx", "csv")


@require_safe
@login_required
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports there are, with a line on what each counts."""
    require(has_permission(request.user, Permission.REPORT_EXPORT))
    return render(
        request, "reports/report_list.html", {"reports": list(REPORTS.values())}
    )


@require_safe
@login_required
def report_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A report's filters, its first rows and the links to its files."""
    require(has_permission(request.user, Permission.REPORT_EXPORT))
    report = _report_or_404(slug)
    form = _form_of(report, request)
    context = {"report": report, "form": form, "query": request.GET.urlencode()}
    if not form.is_valid():
        return render(request, "reports/report_detail.html", context, status=422)
    rows = report.rows(request.user, form.filters)
    context |= {
        "count": report.count(rows, form.filters.boundary),
        "rows": report.preview(rows, PREVIEW_ROWS, form.filters.boundary),
        "preview_rows": PREVIEW_ROWS,
    }
    return render(request, "reports/report_detail.html", context)


@require_GET
@login_required
def report_export(request: HttpRequest, slug: str, file_format: str) -> HttpResponse:
    """The report as a file; who took what and how many rows is on record before."""
    require(has_permission(request.user, Permission.REPORT_EXPORT))
    report = _report_or_404(slug)
    if file_format not in FORMATS:
        raise Http404
    form = _form_of(report, request)
    if not form.is_valid():
        return _refused(request, report, form.refusals())
    rows = report.rows(request.user, form.filters)
    count = report.count(rows, form.filters.boundary)
    if file_format == "xlsx" and count > XLSX_ROW_LIMIT:
        too_many = _("记录超过 %(limit)d 条，请缩小范围，或者导出 CSV。")
        return _refused(request, report, [too_many % {"limit": XLSX_ROW_LIMIT}])
    audit.record(
        "reports.exported",
        target=request.user,
        by=request.user,
        report=report.slug,
        format=file_format,
        filters=form.plain_values(),
        rows=count,
    )
    table = {
        "columns": report.head(),
        "rows": report.cells(rows, form.filters.boundary),
    }
    name = f"{report.title}_{timezone.localdate():%Y-%m-%d}.{file_format}"
    if file_format == "csv":
        return csv_response(name, **table)
    about = _about(report, request, form)
    return xlsx_response(name, sheet_name=str(report.title), about=about, **table)


def _report_or_404(slug: str) -> Report:
    if slug not in REPORTS:
        raise Http404
    return REPORTS[slug]


def _form_of(report: Report, request: HttpRequest) -> ReportForm:
    return ReportForm(request.GET, user=request.user, states=report.states)


def _refused(request: HttpRequest, report: Report, reasons: list[str]) -> HttpResponse:
    context = {"report": report, "reasons": reasons, "query": request.GET.urlencode()}
    return render(request, "reports/report_refused.html", context, status=400)


def _about(
    report: Report, request: HttpRequest, form: ReportForm
) -> list[tuple[str, str]]:
    """Who took the file, when, and under which filters; the writer adds the rows."""
    return [
        (_("报表"), str(report.title)),
        (_("统计口径"), f"{report.counts}{report.period}"),
        (_("导出人"), str(request.user)),
        (_("导出时间"), f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        (_("筛选条件"), form.in_words()),
        (_("个人信息"), _("已隐去，不得用于对个人排名或考核。")),
    ]
