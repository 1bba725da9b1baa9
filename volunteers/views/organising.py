"""Several shifts at once: of one day, or as on another day."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.models import Activity
from core.errors import RuleError
from volunteers import actions
from volunteers.actions.shift_series import Opened
from volunteers.forms.shift_series import CopyDayForm, SeriesForm
from volunteers.models import Shift
from volunteers.queries.shift_series import copies, key_of, keys_of
from volunteers.views.desk import managed_activity


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_series_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add several shifts of one day; shows them before they are saved."""
    activity = managed_activity(request, pk)
    form = SeriesForm(request.POST or None, activity=activity)
    context: dict[str, Any] = {"form": form, "activity": activity}
    if request.method == "POST" and form.is_valid():
        shifts = form.shifts()
        if _was_seen(request, shifts):
            try:
                opened = actions.open_shifts(
                    activity=activity,
                    shifts=shifts,
                    by=request.user,
                    now=timezone.now(),
                )
            except RuleError as error:
                form.add_error(None, str(error))
            else:
                return _opened(request, activity, opened)
        context |= _preview(activity, shifts)
    status = 422 if form.errors else 200
    return render(request, "volunteers/shift_series_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_series_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy the shifts of a day to other days; shows them before they are saved."""
    activity = managed_activity(request, pk)
    now = timezone.now()
    form = CopyDayForm(request.POST or None, activity=activity, now=now)
    context: dict[str, Any] = {"form": form, "activity": activity}
    if request.method == "POST" and form.is_valid():
        shifts = copies(activity, **form.cleaned_data)
        if _was_seen(request, shifts):
            try:
                opened = actions.copy_day(
                    activity=activity, by=request.user, now=now, **form.cleaned_data
                )
            except RuleError as error:
                form.add_error(None, str(error))
            else:
                return _opened(request, activity, opened)
        context |= _preview(activity, shifts)
    status = 422 if form.errors else 200
    return render(request, "volunteers/shift_series_copy.html", context, status=status)


def _signs(shifts: list[Shift]) -> str:
    """What of the shifts was shown, to know them again."""
    moments = [(timezone.localtime(row.starts_at), row.ends_at) for row in shifts]
    return " ".join(
        f"{start:%Y%m%d%H%M}+{(end - start).seconds}" for start, end in moments
    )


def _was_seen(request: HttpRequest, shifts: list[Shift]) -> bool:
    """Whether just these shifts stood in the preview when "save" was pressed."""
    return "save" in request.POST and request.POST.get("seen") == _signs(shifts)


def _preview(activity: Activity, shifts: list[Shift]) -> dict[str, Any]:
    there = keys_of(activity)
    rows = [(shift, key_of(shift) in there) for shift in shifts]
    return {
        "rows": rows,
        "seen": _signs(shifts),
        "new_count": sum(not is_there for _shift, is_there in rows),
    }


def _opened(request: HttpRequest, activity: Activity, opened: Opened) -> HttpResponse:
    words = {"made": len(opened.made), "skipped": len(opened.skipped)}
    if opened.skipped:
        text = _("已添加 %(made)d 个班次，%(skipped)d 个原已存在。")
    else:
        text = _("已添加 %(made)d 个班次。")
    messages.success(request, text % words)
    return redirect("volunteers:activity_shifts", pk=activity.pk)
