"""The leader's page of the day: the code to show, and the roll."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.permissions import require
from core.errors import RuleError
from core.qr import qr_svg
from volunteers.actions import attendance as acts
from volunteers.codes import screen_code, seconds_left, short_code
from volunteers.day_rules import AlreadyDone, already_text, day_refusal, is_taken_back
from volunteers.forms.attendance import RollMarkForm, RollSearchForm
from volunteers.models import Attendance, Shift, Signup
from volunteers.permissions import can_run_day, shows_phones
from volunteers.queries.attendance import day_counts, roll_page, roll_rows

LOOK_AGAIN_SECONDS = 15


def _run_shift(request: HttpRequest, pk: int) -> Shift:
    shifts = Shift.objects.visible_to(request.user).select_related(
        "activity__organization", "community"
    )
    shift = get_object_or_404(shifts, pk=pk)
    require(can_run_day(request.user, shift))
    return shift


@require_safe
@login_required
def shift_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Code, counts and roll, made for a telephone."""
    return _day_page(request, _run_shift(request, pk))


def _day_page(request: HttpRequest, shift: Shift, *, status: int = 200) -> HttpResponse:
    form = RollSearchForm(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    context = {
        **_code(shift),
        "page": roll_page(shift, text=text, number=request.GET.get("page")),
        "form": form,
        "text": text,
        "shows_phones": shows_phones(shift),
        "mark_url": reverse("volunteers:shift_day_mark", args=[shift.pk]),
    }
    return render(request, "volunteers/shift_day.html", context, status=status)


@require_safe
@login_required
def shift_day_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The present code with the counts: the part of the page that renews itself."""
    shift = _run_shift(request, pk)
    if not request.htmx:
        return redirect("volunteers:shift_day", pk=shift.pk)
    return render(request, "volunteers/_shift_day_code.html", _code(shift))


def _code(shift: Shift) -> dict[str, Any]:
    now = timezone.now()
    context = {
        "shift": shift,
        "activity": shift.activity,
        "counts": day_counts(shift),
        "closed": day_refusal(shift, now),
        "renew_seconds": min(LOOK_AGAIN_SECONDS, settings.CODE_SECONDS),
    }
    if context["closed"] is None:
        path = reverse("volunteers:check_in", args=[shift.pk])
        query = urlencode({"code": screen_code(shift.pk, now=now)})
        context |= {
            "qr": qr_svg(f"{settings.SITE_URL}{path}?{query}"),
            "short_code": short_code(shift.pk, now=now),
            "renew_seconds": min(LOOK_AGAIN_SECONDS, seconds_left(now=now)),
        }
    return context


@require_POST
@login_required
def shift_day_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One mark on the roll; sent again it is answered as done.

    `roll.js` asks for JSON: done, text and the row as it is now.
    """
    shift = _run_shift(request, pk)
    form = RollMarkForm(request.POST)
    if not form.is_valid():
        return _answer(request, shift, None, _("没有看懂这条登记，请刷新页面再试。"))
    values = form.cleaned_data
    signups = Signup.objects.on_roll().filter(shift=shift)
    signup = signups.filter(pk=values.pop("signup")).first()
    if signup is None:
        text = _("这个人已不在名单上，可能取消了报名，请刷新页面核对。")
        return _answer(request, shift, None, text)
    try:
        text = _mark(request, signup, now=timezone.now(), **values)
    except AlreadyDone as done:
        return _answer(request, shift, signup, str(done), is_done=True)
    except RuleError as error:
        return _answer(request, shift, signup, str(error))
    return _answer(request, shift, signup, text, is_done=True)


def _mark(
    request: HttpRequest,
    signup: Signup,
    *,
    deed: str,
    heads: int | None,
    at: datetime | None,
    now: datetime,
) -> str:
    """Do what was tapped; returns what to say."""
    common = {"signup": signup, "by": request.user, "now": now}
    roll = Attendance.Method.ROLL
    if deed == "in":
        attendance = acts.check_in(method=roll, at=at, heads=heads, **common)
        return _said(attendance, at, attendance.checked_in_at)
    if deed == "out":
        attendance = acts.check_out(method=roll, at=at, **common)
        return _said(attendance, at, attendance.checked_out_at)
    if deed == "heads":
        attendance = acts.set_heads(heads=heads or 1, **common)
        return _("到场 %(heads)d 人。") % {"heads": attendance.heads}
    undo = acts.take_back_check_in if deed == "undo_in" else acts.take_back_check_out
    attendance = undo(**common)
    return _("已撤销签到。") if is_taken_back(attendance) else already_text(attendance)


def _said(attendance: Attendance, at: datetime | None, moment: datetime) -> str:
    text = already_text(attendance)
    if at is None or at == moment:
        return text
    return _("%(text)s手机时间对不上，按收到的时间登记。") % {"text": text}


def _answer(
    request: HttpRequest,
    shift: Shift,
    signup: Signup | None,
    text: str,
    *,
    is_done: bool = False,
) -> HttpResponse:
    if request.headers.get("Accept") != "application/json":
        say = messages.success if is_done else messages.error
        say(request, f"{signup.volunteer}：{text}" if signup else text)
        if not is_done:
            return _day_page(request, shift, status=422)
        return redirect("volunteers:shift_day", pk=shift.pk)
    data = {"done": is_done, "text": text, "row": ""}
    if signup is not None:
        [row] = roll_rows(shift, [signup.pk])
        context = {
            "row": row,
            "shift": shift,
            "shows_phones": shows_phones(shift),
            "mark_url": request.path,
        }
        name = "volunteers/_shift_day_row.html"
        data["row"] = render_to_string(name, context, request=request)
    return JsonResponse(data, status=200 if is_done else 422)


@require_POST
@login_required
def shift_day_end(request: HttpRequest, pk: int) -> HttpResponse:
    """All who are there leave now."""
    shift = _run_shift(request, pk)
    try:
        count = acts.check_out_present(shift=shift, by=request.user, now=timezone.now())
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已为 %(count)d 项报名签退。") % {"count": count})
    return redirect("volunteers:shift_day", pk=shift.pk)
