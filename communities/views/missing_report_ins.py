"""The committee's page of units that have not reported in, and the reminders."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from communities.actions.report_in_reminders import remind_of_report_in
from communities.forms.report_ins import MissingFilterForm, ReminderForm
from communities.models import Pairing
from communities.permissions import Permission, has_permission, require
from communities.queries.missing_report_ins import missing_report_ins, show_follow_ups
from communities.queries.report_in_coverage import unit_report_in_coverage
from communities.queries.report_in_periods import report_in_period
from core.errors import RuleError
from core.redirects import safe_path

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def report_in_missing(request: HttpRequest) -> HttpResponse:
    """Who has not reported in for this period: units, never persons."""
    require(has_permission(request.user, Permission.REPORT_IN_FOLLOW))
    today = timezone.localdate()
    form = MissingFilterForm(request.GET)
    context = {
        "form": form,
        "today": today,
        "year": report_in_period(today).year,
        "coverage": unit_report_in_coverage(today),
    }
    if form.is_valid():
        rows = missing_report_ins(today, **form.cleaned_data)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = show_follow_ups(list(page.object_list), today=today)
        context |= {"page": page, "remindable": _by_level(page.object_list)}
    name = "_report_in_missing_rows.html" if request.htmx else "report_in_missing.html"
    return render(request, f"communities/{name}", context)


def _by_level(rows: list[Pairing]) -> dict[str, list[int]]:
    """The pairings of the page whose next reminder may be sent now, by level."""
    levels: dict[str, list[int]] = {}
    for row in rows:
        if row.follow.next_level:
            levels.setdefault(row.follow.next_level, []).append(row.pk)
    return levels


@require_POST
@login_required
def report_in_remind(request: HttpRequest) -> HttpResponse:
    """Recall the named ones, each once; what cannot be sent is said with its reason."""
    require(has_permission(request.user, Permission.REPORT_IN_FOLLOW))
    today = timezone.localdate()
    form = ReminderForm(request.POST)
    back = safe_path(request, request.POST.get("next"))
    back = back or resolve_url("communities:report_in_missing")
    if not form.is_valid():
        messages.error(request, _("没有可以提醒的单位，请刷新页面再试。"))
        return redirect(back)
    pairings = Pairing.objects.on(today).filter(pk__in=form.cleaned_data["pairing"])
    sent, refusals = 0, []
    for pairing in pairings.select_related("organization", "community"):
        try:
            remind_of_report_in(
                organization=pairing.organization,
                community=pairing.community,
                level=form.cleaned_data["level"],
                by=request.user,
                today=today,
            )
            sent += 1
        except RuleError as error:
            refusals.append(f"{pairing.organization.unit_name}：{error}")
    if sent:
        messages.success(request, _("已发出 %(sent)d 条提醒。") % {"sent": sent})
    for refusal in refusals:
        messages.error(request, refusal)
    return redirect(back)
