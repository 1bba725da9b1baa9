"""A person's hours: the ledger, one record, late entries."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.models import Activity
from campaigns.views.photos import stored_picture
from core.errors import RuleError
from volunteers.actions.late_entries import claim_late_entry
from volunteers.actions.volunteers import volunteer_of
from volunteers.forms.hours import ActivitySearchForm, LateEntryForm, YearForm
from volunteers.models import ServiceRecord
from volunteers.permissions import can_change_record, can_confirm_record
from volunteers.queries.hours import (
    activities_for_late_entry,
    history_of_record,
    ledger_of,
    ledger_sums,
    ledger_years,
    settled_signups,
)

PAGE_SIZE = 30


@require_safe
@login_required
def hours_ledger(request: HttpRequest) -> HttpResponse:
    """All one's hours with what became of them; the sum is of those that count."""
    form = YearForm(request.GET)
    year = form.cleaned_data["year"] if form.is_valid() else None
    records = ledger_of(request.user, year=year)
    context = {
        "page": Paginator(records, PAGE_SIZE).get_page(request.GET.get("page")),
        "sums": ledger_sums(request.user, year=year),
        "year": year,
        "years": ledger_years(request.user),
        "settled": settled_signups(request.user, now=timezone.now()),
    }
    return render(request, "volunteers/hours_ledger.html", context)


def visible_record(request: HttpRequest, pk: int) -> ServiceRecord:
    """The record, or 404 for those whom it does not concern."""
    records = ServiceRecord.objects.visible_to(request.user).select_related(
        "volunteer__user", "activity__organization__parent", "organization", "corrects"
    )
    return get_object_or_404(records, pk=pk)


@require_safe
@login_required
def record_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One record with its history, and what this reader can do about it."""
    record = visible_record(request, pk)
    context = {
        "record": record,
        "is_own": record.volunteer.user_id == request.user.pk,
        "history": history_of_record(record),
        "decides": record.is_undecided and can_confirm_record(request.user, record),
        "changes": record.is_correctable and can_change_record(request.user, record),
    }
    return render(request, "volunteers/hours_record.html", context)


@require_safe
@login_required
def record_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo given with a late entry, for the person and those who decide."""
    late = ServiceRecord.objects.visible_to(request.user).exclude(proof="")
    record = get_object_or_404(late, pk=pk)
    return stored_picture(request, record.proof, record.proof)


@require_safe
@login_required
def late_entry_choose(request: HttpRequest) -> HttpResponse:
    """The activities of the last weeks for which hours may be entered late."""
    form = ActivitySearchForm(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    activities = activities_for_late_entry(request.user, now=timezone.now(), text=text)
    page = Paginator(activities, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "volunteers/hours_late_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def late_entry_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for hours of one activity that nobody recorded."""
    activities = Activity.objects.visible_to(request.user)
    activity = get_object_or_404(activities.select_related("organization"), pk=pk)
    is_post = request.method == "POST"
    form = LateEntryForm(
        request.POST if is_post else None, request.FILES if is_post else None
    )
    if is_post and form.is_valid() and _claim(request, activity, form):
        messages.success(request, _("已提交，审核通过后计入您的服务时长。"))
        return redirect("volunteers:hours_ledger")
    status = 422 if form.errors else 200
    context = {"form": form, "activity": activity}
    return render(request, "volunteers/hours_late_form.html", context, status=status)


def _claim(request: HttpRequest, activity: Activity, form: LateEntryForm) -> bool:
    starts_at, ends_at = form.span()
    try:
        claim_late_entry(
            volunteer=volunteer_of(request.user),
            activity=activity,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=form.cleaned_data["reason"],
            proof=form.photo(),
            now=timezone.now(),
        )
    except RuleError as error:
        form.add_error(None, str(error))
        return False
    return True
