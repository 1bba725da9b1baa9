"""The ledger of an organisation: on screen, as a workbook, as a document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.exports import request_export
from communities.models import Organization
from communities.permissions import (
    Permission,
    has_permission,
    require,
    scope_filter,
)
from core import audit
from core.errors import RuleError
from reports.exports.ledger_job import KIND, LedgerRequest
from reports.exports.ledger_xlsx import MAX_ROWS, ledger_response
from reports.forms_work import CampaignMonthsForm
from reports.ledger import Ledger, LedgerPart
from reports.ledger_rows import Entry, read_entries
from reports.periods import month_of, month_text

PAGE_SIZE = 20
ADDENDUM = "addendum"


@dataclass
class MonthOnPage:
    """A month of a page: its activities by initiative; without any it says none."""

    title: str
    initiatives: dict[str, list[Entry]] = field(default_factory=dict)


@require_safe
@login_required
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """One pillar of the ledger, or its addendum, month by month."""
    organization = _visible_organization(request, pk)
    form = CampaignMonthsForm(request.GET, today=timezone.localdate())
    context = {
        "organization": organization,
        "form": form,
        "can_export": _can_export(request, organization),
    }
    status = 200
    if form.is_valid():
        asked = LedgerRequest(organization, form.chosen, *form.span)
        context |= _shown(request, asked)
    elif not form.is_without_campaign:
        status = 422
    return render(request, "reports/ledger.html", context, status=status)


@require_GET
@login_required
def ledger_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The ledger as a workbook; who took it is on record before."""
    organization = _visible_organization(request, pk)
    require(_can_export(request, organization))
    asked = _asked_for(request.GET, organization)
    if asked is None:
        messages.error(request, _("请先选择行动和月份。"))
        return redirect("reports:ledger", pk)
    ledgers = asked.ledgers()
    rows = sum(part.total for part in ledgers)
    if rows > MAX_ROWS:
        limit = _("超过 %d 项活动，请缩短期间，或者选择下级党组织。")
        messages.error(request, limit % MAX_ROWS)
        return redirect("reports:ledger", pk)
    audit.record(
        "reports.exported",
        target=request.user,
        by=request.user,
        report="ledger",
        format="xlsx",
        filters=asked.plain(),
        rows=rows,
    )
    return ledger_response(asked, ledgers)


@require_POST
@login_required
def ledger_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the ledger as a document; it is made in the background."""
    organization = _visible_organization(request, pk)
    require(_can_export(request, organization))
    asked = _asked_for(request.POST, organization)
    if asked is None:
        messages.error(request, _("请先选择行动和月份。"))
        return redirect("reports:ledger", pk)
    try:
        request_export(owner=request.user, kind=KIND, parameters=asked.plain())
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("reports:ledger", pk)
    messages.success(request, _("已开始生成文档，完成后会通知您。"))
    return redirect("accounts:export_list")


def _visible_organization(request: HttpRequest, pk: int) -> Organization:
    in_scope = scope_filter(request.user, Permission.ACTIVITY_VIEW, organization="self")
    return get_object_or_404(Organization.objects.filter(in_scope), pk=pk)


def _can_export(request: HttpRequest, organization: Organization) -> bool:
    permission = Permission.LEDGER_EXPORT
    return has_permission(request.user, permission, organization=organization)


def _asked_for(
    data: Mapping[str, str], organization: Organization
) -> LedgerRequest | None:
    form = CampaignMonthsForm(data, today=timezone.localdate())
    if not form.is_valid():
        return None
    return LedgerRequest(organization, form.chosen, *form.span)


def _shown(request: HttpRequest, asked: LedgerRequest) -> dict:
    """The chosen tab with one page of its activities."""
    main, *late = asked.ledgers()
    parts = {part.pillar.code: part for part in main.parts}
    chosen = request.GET.get("part", "")
    if chosen == ADDENDUM and late:
        [shown], part = late, None
        rows = shown.activities()
    else:
        shown, part = main, parts.get(chosen) or main.parts[0]
        rows = shown.activities(part.pillar)
    page = Paginator(rows.values_list("pk", flat=True), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    entries = read_entries(list(page.object_list))
    return {
        "ledger": main,
        "addendum": late[0] if late else None,
        "shown": shown,
        "part": part,
        "page": page,
        "months": _months_on_page(shown, part, page, entries),
        "summary": _summary(main),
    }


def _summary(ledger: Ledger) -> list[tuple[str, list[tuple[str, int]], int]]:
    """Rows of month, counts under the titles of the pillars, and their sum."""
    return [
        (
            month_text(month),
            [(part.title, part.counts.get(month, 0)) for part in ledger.parts],
            ledger.count_in(month),
        )
        for month in ledger.months
    ]


def _months_on_page(
    ledger: Ledger, part: LedgerPart | None, page: Page, entries: list[Entry]
) -> list[MonthOnPage]:
    """The months of a page; an empty one stands where its activities would.

    The addendum names only months that have some.
    """
    shown = {}
    first = page.start_index() - 1 if entries else 0
    end = first + len(entries) if page.has_next() else inf
    before = 0
    for month in ledger.months if part else []:
        if month not in part.counts and first <= before < end:
            shown[month] = MonthOnPage(month_text(month))
        before += part.counts.get(month, 0)
    for entry in entries:
        month = month_of(timezone.localdate(entry.activity.starts_at))
        held = shown.setdefault(month, MonthOnPage(month_text(month)))
        held.initiatives.setdefault(entry.initiative, []).append(entry)
    return [shown[month] for month in sorted(shown)]
