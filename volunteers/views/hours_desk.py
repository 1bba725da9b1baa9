"""Hours on the desk: queues, settling, check-outs, deciding, putting right."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from communities.permissions import require
from core.errors import RuleError
from volunteers.actions.corrections import correct_record, void_record
from volunteers.actions.excuses import excuse_signup
from volunteers.actions.hours import confirm_record, reject_record
from volunteers.actions.settlement import resolve_check_out, settle_shift
from volunteers.forms.hours import (
    CheckOutForm,
    CorrectForm,
    PartForm,
    ReasonForm,
    SettleForm,
)
from volunteers.models import ServiceRecord, Shift, Signup
from volunteers.permissions import (
    can_change_record,
    can_confirm_record,
    can_excuse,
    can_settle,
)
from volunteers.queries.hours_desk import (
    attendances_of,
    due_of,
    roll_to_settle,
    sees_hours_desk,
    waiting_in,
    with_due,
)
from volunteers.views.hours import visible_record

PAGE_SIZE = 30


@require_safe
@login_required
def hours_desk(request: HttpRequest) -> HttpResponse:
    """What of hours waits for the user, one queue at a time."""
    require(sees_hours_desk(request.user))
    form = PartForm(request.GET)
    part = (form.is_valid() and form.cleaned_data["part"]) or "settle"
    rows = waiting_in(part, request.user, now=timezone.now())
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    if part == "settle":
        page.object_list = with_due(list(page.object_list), today=timezone.localdate())
    context = {"part": part, "parts": form.fields["part"].choices, "page": page}
    return render(request, "volunteers/hours_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came and the minutes that will count; posted: settled."""
    shifts = Shift.objects.visible_to(request.user).select_related(
        "activity__organization"
    )
    shift = get_object_or_404(shifts, pk=pk)
    require(can_settle(request.user, shift))
    data = request.POST if request.method == "POST" else None
    form = SettleForm(data, shift=shift)
    if form.is_bound and form.is_valid():
        try:
            settled = settle_shift(
                shift=shift,
                excused=form.excused_ids(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已结算 %(count)d 人。") % {"count": settled})
            return redirect("volunteers:shift_settle", pk=shift.pk)
    due_on, due_text = due_of(shift)
    context = {
        "form": form,
        "shift": shift,
        "activity": shift.activity,
        "roll": roll_to_settle(shift),
        "due_on": due_on,
        "due_text": due_text,
        "is_over": shift.ends_at <= timezone.now(),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/settle_shift.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check_out_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """When somebody left who did not check out."""
    attendance = get_object_or_404(attendances_of(request.user), pk=pk)
    form = CheckOutForm(request.POST or None)
    shift = attendance.signup.shift

    def resolve(**values: object) -> None:
        resolve_check_out(
            attendance=attendance, by=request.user, now=timezone.now(), **values
        )

    page = {
        "heading": _("补登签退"),
        "done": _("签退已补登。"),
        "shift": shift,
        "attendance": attendance,
        "back_url": _queue("check_outs"),
    }
    return _deed(request, form, resolve, page)


def _queue(part: str) -> str:
    return f"{redirect('volunteers:hours_desk').url}?part={part}"


def _deed(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[..., object],
    page: dict[str, object],
) -> HttpResponse:
    """A form that does one thing; `page` has its words and where it leads back to."""
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, page["done"])
            return redirect(page["back_url"])
    status = 422 if form.errors else 200
    context = {"form": form, **page}
    return render(request, "volunteers/hours_form.html", context, status=status)


@require_POST
@login_required
def record_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a record count."""
    record = visible_record(request, pk)
    require(can_confirm_record(request.user, record))
    was_late = record.state == ServiceRecord.State.IN_REVIEW
    try:
        confirm_record(record=record, by=request.user, now=timezone.now())
    except RuleError as error:
        messages.error(request, str(error))
        return redirect(record)
    messages.success(request, _("时长已确认。"))
    return redirect(_queue("late" if was_late else "confirm"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record_reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a record down, with the reason."""
    record = visible_record(request, pk)
    require(can_confirm_record(request.user, record))
    form = ReasonForm(request.POST or None)

    def reject(**values: str) -> None:
        reject_record(record=record, by=request.user, now=timezone.now(), **values)

    page = {"heading": _("不予通过"), "done": _("已退回，本人会收到通知。")}
    return _deed(request, form, reject, page | _of_record(record))


def _of_record(record: ServiceRecord) -> dict[str, object]:
    return {"record": record, "back_url": record.get_absolute_url()}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the time of a record right."""
    record = visible_record(request, pk)
    require(can_change_record(request.user, record))
    form = CorrectForm(request.POST or None, record=record)

    def correct(**values: object) -> None:
        starts_at, ends_at = form.span()
        correct_record(
            record=record,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )

    page = {"heading": _("更正时长"), "done": _("时长已更正，本人会收到通知。")}
    return _deed(request, form, correct, page | _of_record(record))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Take hours away, with the reason."""
    record = visible_record(request, pk)
    require(can_change_record(request.user, record))
    form = ReasonForm(request.POST or None)

    def void(**values: str) -> None:
        void_record(record=record, by=request.user, now=timezone.now(), **values)

    page = {
        "heading": _("作废时长"),
        "done": _("时长已作废，本人会收到通知。"),
        "consequences": [
            _("这次服务不再计入时长，记录保留。"),
            _("含有这次服务的证明随之失效。"),
            _("本人会收到通知和理由。"),
            _("作废后不能恢复。"),
        ],
    }
    return _deed(request, form, void, page | _of_record(record))


@require_POST
@login_required
def signup_excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Excuse who cancelled late or did not come."""
    signups = Signup.objects.visible_to(request.user).select_related(
        "shift__activity__organization", "volunteer"
    )
    signup = get_object_or_404(signups, pk=pk)
    require(can_excuse(request.user, signup))
    try:
        excuse_signup(signup=signup, by=request.user, now=timezone.now())
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已谅解，本人会收到通知。"))
    return redirect("volunteers:shift_settle", pk=signup.shift_id)
