"""Pages of units' report-ins: list, form, one report-in, its slip and receipt."""

from datetime import date
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

from communities.actions import report_ins as actions
from communities.forms.report_ins import (
    ReportInAnswerForm,
    ReportInFilterForm,
    ReportInForm,
)
from communities.models import OrganizationReportIn, Pairing
from communities.permissions import Permission, has_permission, require
from communities.queries.pairings import pairings_visible_to
from communities.queries.report_in_periods import ReportInPeriod, open_periods
from communities.queries.report_in_rows import (
    filtered_report_ins,
    report_in_story,
    report_ins_visible_to,
    sees_contact,
    show_report_ins,
)
from communities.queries.report_in_starts import pairs_to_start, prefilled
from communities.views.posted import posted
from core.errors import RuleError
from core.phones import local_phone, mask_phone

PAGE_SIZE = 25
State = OrganizationReportIn.State


@require_safe
@login_required
@vary_on_headers("HX-Request")
def report_in_list(request: HttpRequest) -> HttpResponse:
    """Report-ins in the official's scope, what waits first."""
    user = request.user
    require(has_permission(user, Permission.REPORT_IN_VIEW))
    today = timezone.localdate()
    form = ReportInFilterForm(request.GET)
    context = {
        "form": form,
        "today": today,
        "to_start": pairs_to_start(user, today=today),
        "can_follow": has_permission(user, Permission.REPORT_IN_FOLLOW),
    }
    if form.is_valid():
        rows = filtered_report_ins(report_ins_visible_to(user), **form.cleaned_data)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = show_report_ins(list(page.object_list), today=today)
        context["page"] = page
    name = "_report_in_rows.html" if request.htmx else "report_in_list.html"
    return render(request, f"communities/{name}", context)


# The unit -------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_in_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill the slip for the community of a pairing, as a draft; `year` is when for."""
    pairing = get_object_or_404(
        pairings_visible_to(request.user).select_related(
            "organization", "community__subdistrict"
        ),
        pk=pk,
    )
    require(
        has_permission(
            request.user,
            Permission.REPORT_IN_SUBMIT,
            organization=pairing.organization,
        )
    )
    today = timezone.localdate()
    period = _open_period(request.GET.get("year"), today)
    form = ReportInForm(*posted(request), initial=prefilled(pairing))
    if request.method == "POST" and form.is_valid():
        try:
            report_in = actions.start_report_in(
                organization=pairing.organization,
                community=pairing.community,
                period=period,
                values=form.cleaned_data,
                by=request.user,
                today=today,
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("报到单已保存为草稿，核对后提交给社区。"))
            return redirect(report_in)
    return _form_page(request, form, _parties(pairing, period))


def _open_period(year: str | None, today: date) -> ReportInPeriod:
    for period in open_periods(today):
        if year in (None, str(period.year)):
            return period
    raise Http404


def _parties(row: Pairing | OrganizationReportIn, period: Any) -> dict[str, object]:
    return {
        "organization": row.organization,
        "community": row.community,
        "year": period.year,
    }


def _form_page(
    request: HttpRequest,
    form: ReportInForm,
    parties: dict[str, object],
    report_in: OrganizationReportIn | None = None,
) -> HttpResponse:
    context = {"form": form, "report_in": report_in, **parties}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "communities/report_in_form.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> OrganizationReportIn:
    rows = report_ins_visible_to(request.user).select_related(
        "organization", "community", "submitted_by", "answered_by"
    )
    return get_object_or_404(rows, pk=pk)


def _require_unit(request: HttpRequest, report_in: OrganizationReportIn) -> None:
    require(
        has_permission(
            request.user,
            Permission.REPORT_IN_SUBMIT,
            organization=report_in.organization,
        )
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_in_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft or a returned report-in."""
    report_in = _visible(request, pk)
    _require_unit(request, report_in)
    if not report_in.is_editable:
        # A colleague may have handed it in while this form lay open.
        state = report_in.get_state_display()
        messages.info(request, _("报到%(state)s，不能再修改。") % {"state": state})
        return redirect(report_in)
    form = ReportInForm(*posted(request), instance=_visible(request, pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_report_in(
                report_in=report_in, values=form.changed_values(), by=request.user
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("修改已保存。"))
            return redirect(report_in)
    period = ReportInPeriod(report_in.starts_on, report_in.ends_on)
    return _form_page(request, form, _parties(report_in, period), report_in)


@require_POST
@login_required
def report_in_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it to the community, for the first time or again."""
    report_in = _visible(request, pk)
    _require_unit(request, report_in)
    try:
        submitted = actions.submit_report_in(
            report_in=report_in, by=request.user, now=timezone.now()
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("已提交，编号%(number)s。可以打印报到单。")
            % {"number": submitted.number},
        )
    return redirect(report_in)


# Both sides -----------------------------------------------------------------


@require_safe
@login_required
def report_in_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report-in: what it says, where it stands, what this reader may do."""
    return _detail_page(request, _visible(request, pk))


def _detail_page(
    request: HttpRequest,
    report_in: OrganizationReportIn,
    *,
    answer_form: ReportInAnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_unit = has_permission(
        request.user,
        Permission.REPORT_IN_SUBMIT,
        organization=report_in.organization,
    )
    signs = report_in.state == State.SUBMITTED and has_permission(
        request.user, Permission.REPORT_IN_SIGN, community=report_in.community
    )
    is_own = signs and actions.is_of_own_unit(request.user, report_in)
    context = _shown(request, report_in) | {
        "is_unit": is_unit,
        "can_edit": is_unit and report_in.is_editable,
        "can_answer": signs and not is_own,
        "is_own": is_own,
        "answer_form": answer_form or ReportInAnswerForm(),
        "story": report_in_story(report_in),
    }
    return render(request, "communities/report_in_detail.html", context, status=status)


def _shown(request: HttpRequest, report_in: OrganizationReportIn) -> dict[str, object]:
    """What the page, the slip and the receipt have in common."""
    show_report_ins([report_in], today=timezone.localdate())
    phone = report_in.contact_phone
    is_full = sees_contact(request.user, report_in)
    return {
        "report_in": report_in,
        "names": report_in.names,
        "due": report_in.due,
        "phone": local_phone(phone) if is_full else mask_phone(phone),
        "is_received": report_in.was_received,
    }


@require_POST
@login_required
def report_in_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The community signs for it or returns it with a reason."""
    report_in = _visible(request, pk)
    require(
        has_permission(
            request.user, Permission.REPORT_IN_SIGN, community=report_in.community
        )
    )
    form = ReportInAnswerForm(request.POST)
    if not form.is_valid():
        return _detail_page(request, report_in, answer_form=form, status=422)
    answer = {"report_in": report_in, "by": request.user, "now": timezone.now()}
    try:
        if form.cleaned_data["decision"] == State.RECEIVED:
            actions.receive_report_in(**answer)
            done = _("已签收，回执可以打印。")
        else:
            reason = form.cleaned_data["reason"]
            actions.return_report_in(reason=reason, **answer)
            done = _("已退回，对方会收到您写的理由。")
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(report_in)


@require_safe
@login_required
def report_in_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The 报到单 on one sheet of paper."""
    context = _shown(request, _visible(request, pk))
    return render(request, "communities/report_in_slip.html", context)


@require_safe
@login_required
def report_in_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The 回执 on one sheet of paper; there is none before the community signed."""
    report_in = _visible(request, pk)
    if not report_in.was_received:
        raise Http404
    context = _shown(request, report_in)
    return render(request, "communities/report_in_receipt.html", context)
