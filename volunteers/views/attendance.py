"""A person's own part of the day: the code on the screen, one's own code."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import RuleError
from core.qr import qr_svg
from volunteers import actions
from volunteers.actions import attendance as acts
from volunteers.codes import (
    ScreenCode,
    Verdict,
    read_own_code,
    read_screen_code,
)
from volunteers.codes import (
    own_code as code_of,
)
from volunteers.day_rules import already_text
from volunteers.forms.attendance import CheckInForm, CodeForm, ScanForm
from volunteers.models import Attendance, Shift
from volunteers.queries.attendance import OwnDay, own_day, signups_run_by
from volunteers.queries.volunteers import own_volunteer
from volunteers.views.signups import visible_shift

SCREEN_REFUSALS = {
    Verdict.EXPIRED: gettext_lazy("签到码已过期，请重新扫负责人屏幕上现在的码。"),
    Verdict.FORGED: gettext_lazy("签到码不对，请重新扫负责人屏幕上的码，或核对输入。"),
    Verdict.MALFORMED: gettext_lazy("这不是签到码，请扫负责人屏幕上的二维码。"),
    Verdict.OTHER_SHIFT: gettext_lazy("这是别的班次的签到码。"),
}
OWN_REFUSALS = {
    Verdict.EXPIRED: gettext_lazy("本人码只在当天有效，请对方重新打开“本人签到码”。"),
    Verdict.FORGED: gettext_lazy("这个本人码是错的，请对方重新打开“本人签到码”。"),
    Verdict.MALFORMED: gettext_lazy("这不是本人签到码。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """What the code on the screen lets one do here, and one button that does it."""
    code = (request.POST or request.GET).get("code", "")
    if not request.user.is_authenticated:
        # First of all: a shift that is not public is there for who signed up.
        here = f"{request.path}?{urlencode({'code': code})}" if code else request.path
        return redirect_to_login(here)
    shift = visible_shift(request, pk)
    day = own_day(shift, request.user, now=timezone.now())
    if request.method != "POST":
        return _check_in_page(request, shift, day, code)
    form = CheckInForm(request.POST, posts=shift.posts.all())
    read = read_screen_code(code, shift.pk, now=timezone.now())
    if not form.is_valid() or read.verdict != Verdict.GENUINE:
        return _check_in_page(request, shift, day, code, status=422)
    try:
        _do(request, shift, day, form.cleaned_data)
    except RuleError as error:
        day = own_day(shift, request.user, now=timezone.now())
        return _check_in_page(request, shift, day, code, refused=str(error), status=422)
    return redirect("volunteers:check_in", pk=shift.pk)  # which says since when


def _do(request: HttpRequest, shift: Shift, day: OwnDay, values: dict) -> Attendance:
    """The deed the button named; what the page showed may have changed since."""
    now = timezone.now()
    if values["deed"] == "walk_in":
        volunteer = actions.volunteer_of(request.user)
        return acts.come_to_the_door(
            shift=shift, volunteer=volunteer, now=now, post=values["post"]
        )
    if day.signup is None:
        raise RuleError(_("您没有报名这个班次。"))
    act = acts.check_in if values["deed"] == "in" else acts.check_out
    return act(
        signup=day.signup, method=Attendance.Method.SCREEN, by=request.user, now=now
    )


def _check_in_page(
    request: HttpRequest,
    shift: Shift,
    day: OwnDay,
    code: str,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    read = read_screen_code(code, shift.pk, now=timezone.now())
    is_genuine = read.verdict == Verdict.GENUINE
    code_refusal = "" if is_genuine or not code else SCREEN_REFUSALS[read.verdict]
    if request.method == "POST" and not code:
        code_refusal = _("请扫屏幕上的二维码，或输入码下面的 8 位字符。")
    context = {
        "shift": shift,
        "activity": shift.activity,
        "day": day,
        "code": code if is_genuine else "",
        "code_refusal": code_refusal,
        "other_shift": _other_shift(request, read),
        "refused": refused,
        "already": already_text(day.attendance) if day.attendance else "",
        "form": CodeForm(),
        "leaves_early": timezone.now() < shift.ends_at,
    }
    return render(request, "volunteers/check_in.html", context, status=status)


def _other_shift(request: HttpRequest, read: ScreenCode) -> Shift | None:
    """The shift a code belongs to, where this person may see it."""
    if read.verdict != Verdict.OTHER_SHIFT:
        return None
    shifts = Shift.objects.visible_to(request.user).select_related("activity")
    return shifts.filter(pk=read.shift_id).first()


@require_safe
@login_required
def own_code(request: HttpRequest) -> HttpResponse:
    """One's own code of today, to be scanned by who runs the day."""
    volunteer, now = own_volunteer(request.user), timezone.now()
    context = {"today": timezone.localdate(now)}
    if volunteer.pk:
        token = code_of(volunteer.pk, now=now)
        path = reverse("volunteers:check_in_scanned", args=[token])
        context["qr"] = qr_svg(f"{settings.SITE_URL}{path}")
    return render(request, "volunteers/own_code.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check_in_scanned(request: HttpRequest, token: str) -> HttpResponse:
    """A person's own code was scanned: their places today in shifts one runs.

    Whoever runs none of their shifts learns nothing about the person.
    """
    now = timezone.now()
    read = read_own_code(token, now=now)
    if read.verdict != Verdict.GENUINE:
        return _scanned_page(request, refused=OWN_REFUSALS[read.verdict], status=404)
    rows = signups_run_by(request.user, read.volunteer_id, now=now)
    if not rows:
        is_own = own_volunteer(request.user).pk == read.volunteer_id
        refused = (
            _("这是您自己的码，请让负责人用他的手机扫。")
            if is_own
            else _("这位志愿者不在您今天负责的名单上。没有报名的，请本人扫现场码报名。")
        )
        return _scanned_page(request, refused=refused, status=403)
    if request.method != "POST":
        return _scanned_page(request, rows=rows)
    form = ScanForm(request.POST)
    row = next(
        (
            row
            for row in rows
            if form.is_valid() and row.signup.pk == form.cleaned_data["signup"]
        ),
        None,
    )
    if row is None:
        return _scanned_page(request, rows=rows, status=422)
    act = acts.check_in if form.cleaned_data["deed"] == "in" else acts.check_out
    try:
        attendance = act(
            signup=row.signup,
            method=Attendance.Method.OWN_CODE,
            by=request.user,
            now=now,
        )
    except RuleError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, already_text(attendance))
    return redirect("volunteers:check_in_scanned", token=token)


def _scanned_page(
    request: HttpRequest,
    *,
    rows: list | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"rows": rows, "refused": refused}
    name = "volunteers/check_in_scanned.html"
    return render(request, name, context, status=status)
