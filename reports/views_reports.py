"""The catalogue of reports, their rows on pages and on paper."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import ExportJob
from communities.permissions import Permission, has_permission, require
from core import audit
from reports.exports import REPORTS
from reports.exports.base import TOPICS, Report
from reports.exports.report_job import FORMATS, MAX_ROWS
from reports.forms import ReportForm

PAGE_ROWS = 20
# Later pages would make the database read and throw away all before them.
MOST_PAGES = 50
PRINT_ROWS = 500
# Counting on would cost each page of a large table its tenth of a second and more.
COUNTED_ROWS = 100_000


@require_safe
@login_required
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports there are by topic, with a line on what each counts."""
    require(has_permission(request.user, Permission.REPORT_EXPORT))
    ordered = sorted(REPORTS.values(), key=lambda report: TOPICS.index(report.topic))
    topics = [
        (topic, list(reports))
        for topic, reports in groupby(ordered, key=lambda report: report.topic)
    ]
    return render(request, "reports/report_list.html", {"topics": topics})


@require_safe
@login_required
def report_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A report's filters, its rows page by page and the ways to take it away."""
    report, form = asked_of(request, slug)
    context: dict[str, Any] = {"report": report, "form": form}
    if not form.is_valid():
        return render(request, "reports/report_detail.html", context, status=422)
    rows = RowsAsked(report, form, request)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context |= {
        "columns": rows.columns,
        "count": rows.count,
        "is_more": rows.is_more,
        "is_masked": any(column.mask for column in rows.columns),
        "page": page,
        "is_cut": rows.count > len(rows),
        "most_rows": len(rows),
        "query": form.query,
        "as_of": timezone.now(),
        "files": [_file(name, rows.count + rows.is_more) for name in FORMATS],
        "can_unmask": has_permission(request.user, Permission.REPORT_UNMASK)
        and any(column.mask for column in rows.columns),
        "live": ExportJob.objects.filter(
            owner=request.user, state__in=ExportJob.LIVE_STATES
        ).first(),
    }
    return render(request, "reports/report_detail.html", context)


@require_safe
@login_required
def report_print(request: HttpRequest, slug: str) -> HttpResponse:
    """The first rows for paper; who took how many is on record before."""
    report, form = asked_of(request, slug)
    if not form.is_valid():
        return refused(request, report, form.refusals())
    asked = RowsAsked(report, form, request, is_exact=True)
    rows = asked[:PRINT_ROWS]
    audit.record(
        "reports.exported",
        target=request.user,
        by=request.user,
        report=report.slug,
        title=str(report.title),
        format="print",
        filters=form.resolved_values(),
        columns=form.columns_chosen or None,
        rows=len(rows),
    )
    context = {
        "report": report,
        "columns": asked.columns,
        "rows": rows,
        "count": asked.count,
        "print_rows": PRINT_ROWS,
        "words": form.in_words(),
        "as_of": timezone.now(),
        "query": form.query,
    }
    return render(request, "reports/report_print.html", context)


class RowsAsked:
    """The rows of a valid form as a paginator takes them: counted once, read in parts.

    They end with the last page there is. With `is_more` there are more than `count`.
    """

    def __init__(
        self,
        report: Report,
        form: ReportForm,
        request: HttpRequest,
        *,
        is_exact: bool = False,
    ) -> None:
        self._report, self._boundary = report, form.filters.boundary
        self._rows = report.rows(request.user, form.filters)
        self.columns = report.choose(form.columns_chosen)
        if is_exact:
            self.count, self.is_more = report.count(self._rows, self._boundary), False
            return
        most = max(COUNTED_ROWS, *settings.REPORT_ROWS_AT_ONCE.values())
        counted = report.count_to(most, self._rows, self._boundary)
        self.count, self.is_more = min(counted, most), counted > most

    def __len__(self) -> int:
        return min(self.count, MOST_PAGES * PAGE_ROWS)

    def __getitem__(self, part: slice) -> list:
        start = part.start or 0
        return self._report.preview(
            self._rows,
            part.stop - start,
            self._boundary,
            self.columns,
            offset=start,
        )


def asked_of(request: HttpRequest, slug: str) -> tuple[Report, ReportForm]:
    """The report and what is asked of it, for those who may take reports."""
    require(has_permission(request.user, Permission.REPORT_EXPORT))
    if slug not in REPORTS:
        raise Http404
    report = REPORTS[slug]
    today = timezone.localdate()
    form = ReportForm(request.GET, user=request.user, report=report, today=today)
    return report, form


def refused(request: HttpRequest, report: Report, reasons: list[str]) -> HttpResponse:
    """Why there is no file, and the way back to the filters."""
    context = {"report": report, "reasons": reasons, "query": request.GET.urlencode()}
    return render(request, "reports/report_refused.html", context, status=400)


def _file(file_format: str, count: int) -> dict[str, Any]:
    return {
        "format": file_format,
        "label": file_format.upper(),
        "is_at_once": count <= settings.REPORT_ROWS_AT_ONCE[file_format],
        "is_too_long": count > MAX_ROWS[file_format],
    }
