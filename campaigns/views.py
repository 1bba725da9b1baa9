"""Pages about pillars and activities: ask, call, answer."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from campaigns import actions
from campaigns.forms import ActivityFilterForm, ActivityForm, PhotoForm, ReviewForm
from campaigns.models import Activity, Evidence, Pillar, Review
from campaigns.permissions import (
    can_edit_activity,
    can_manage_shifts,
    can_record_activity,
    can_review_activity,
)
from campaigns.queries import public_activities_of, with_names_of_the_day
from communities.forms.organizations import DayForm
from communities.models import Organization
from communities.permissions import Permission, has_permission, require
from core.audit import history_of
from core.errors import RuleError
from core.uploads import open_private

PAGE_SIZE = 25
FRAGMENT_SIZE = 5


@require_safe
def pillar_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A pillar: what it asks for, its initiatives, what was done."""
    pillar = get_object_or_404(Pillar, code=code)
    done = (
        Activity.objects.public()
        .filter(pillar=pillar)
        .select_related("organization", "initiative", "community")
    )
    page = Paginator(done, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = with_names_of_the_day(page.object_list)
    context = {
        "pillar": pillar,
        "initiatives": pillar.initiatives.filter(is_open=True),
        "page": page,
    }
    return render(request, "campaigns/pillar_detail.html", context)


@require_safe
@vary_on_headers("HX-Request")
def organization_activities(request: HttpRequest, pk: int) -> HttpResponse:
    """Public activities of an organisation: a page, and a fragment of its page."""
    organization = get_object_or_404(Organization, pk=pk)
    size = FRAGMENT_SIZE if request.htmx else PAGE_SIZE
    form = DayForm(request.GET)
    day = form.cleaned_data["day"] if form.is_valid() else None
    is_past = day is not None and day < timezone.localdate()
    done = public_activities_of(organization, day=day if is_past else None)
    page = Paginator(done, size).get_page(request.GET.get("page"))
    context = {
        "organization": organization,
        "day": day if is_past else None,
        "page": page,
        "activities": with_names_of_the_day(page),
    }
    fragment = "campaigns/_organization_activities.html"
    name = fragment if request.htmx else "campaigns/organization_activities.html"
    return render(request, name, context)


@require_safe
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An activity, with what this reader may do about it."""
    return _activity_page(request, _visible(request, pk))


def _visible(request: HttpRequest, pk: int) -> Activity:
    activities = Activity.objects.visible_to(request.user).select_related(
        "organization",
        "campaign",
        "pillar",
        "second_pillar",
        "initiative",
        "community__subdistrict",
        "created_by",
        "need_claim__need",
    )
    return get_object_or_404(activities, pk=pk)


def _activity_page(
    request: HttpRequest,
    activity: Activity,
    *,
    photo_form: PhotoForm | None = None,
    review_form: ReviewForm | None = None,
    status: int = 200,
) -> HttpResponse:
    with_names_of_the_day([activity])
    is_recorder = can_record_activity(request.user, activity)
    can_review = can_review_activity(request.user, activity)
    sees_history = is_recorder or has_permission(
        request.user, Permission.ACTIVITY_VIEW, organization=activity.organization
    )
    context = {
        "activity": activity,
        "photos": Evidence.objects.visible_to(request.user).filter(activity=activity),
        "is_recorder": is_recorder,
        "can_edit": is_recorder and activity.is_editable,
        "can_manage_shifts": can_manage_shifts(request.user, activity),
        "can_review": can_review,
        "history": history_of(activity) if sees_history else [],
        "last_return": activity.reviews.first() if sees_history else None,
        "photo_form": photo_form or PhotoForm(),
        "review_form": review_form or ReviewForm(),
    }
    return render(request, "campaigns/activity_detail.html", context, status=status)


@require_safe
@login_required
def activity_list(request: HttpRequest) -> HttpResponse:
    """The activities of the organisations one records for."""
    require(has_permission(request.user, Permission.ACTIVITY_RECORD))
    form = ActivityFilterForm(request.GET)
    rows = Activity.objects.managed_by(request.user).select_related(
        "organization", "pillar", "initiative"
    )
    if form.is_valid():
        if form.cleaned_data["state"]:
            rows = rows.filter(state=form.cleaned_data["state"])
        if form.cleaned_data["q"]:
            rows = rows.filter(title__icontains=form.cleaned_data["q"])
    else:
        rows = rows.none()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = with_names_of_the_day(page.object_list)
    context = {"form": form, "page": page}
    return render(request, "campaigns/activity_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def activity_create(request: HttpRequest) -> HttpResponse:
    """Record a new activity, with its photos, as a draft."""
    require(has_permission(request.user, Permission.ACTIVITY_RECORD))
    form = ActivityForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            activity = _create(form, request)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("活动已保存为草稿。"))
            return redirect(activity)
    return _form_page(request, form)


@transaction.atomic
def _create(form: ActivityForm, request: HttpRequest) -> Activity:
    activity = actions.create_activity(
        activity=form.save(commit=False), by=request.user
    )
    _add_photos(form, activity, request)
    return activity


@transaction.atomic
def _add_photos(form: ActivityForm, activity: Activity, request: HttpRequest) -> None:
    for checked in form.cleaned_data["photos"]:
        actions.add_photo(
            activity=activity,
            photo=checked,
            caption=form.cleaned_data["caption"],
            by=request.user,
        )


def _form_page(
    request: HttpRequest, form: ActivityForm, activity: Activity | None = None
) -> HttpResponse:
    context = {"form": form, "activity": activity}
    status = 422 if form.errors else 200
    return render(request, "campaigns/activity_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an activity that is still open for changes."""
    activity = _visible(request, pk)
    require(can_edit_activity(request.user, activity))
    form = ActivityForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        instance=_visible(request, pk),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _update(form, activity, request)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("修改已保存。"))
            return redirect(activity)
    return _form_page(request, form, activity)


@transaction.atomic
def _update(form: ActivityForm, activity: Activity, request: HttpRequest) -> None:
    actions.update_activity(
        activity=activity, values=form.changed_values(), by=request.user
    )
    _add_photos(form, activity, request)


@require_POST
@login_required
def photo_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add photos to an activity."""
    activity = _visible(request, pk)
    require(can_edit_activity(request.user, activity))
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _add_photos(form, activity, request)
        except RuleError as error:
            form.add_error("photos", str(error))
        else:
            messages.success(request, _("照片已保存。"))
            return redirect(activity)
    return _activity_page(request, activity, photo_form=form, status=422)


@require_POST
@login_required
def photo_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo back."""
    evidence = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related(
            "activity__organization"
        ),
        pk=pk,
    )
    require(can_edit_activity(request.user, evidence.activity))
    try:
        actions.remove_photo(evidence=evidence, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("照片已移除。"))
    return redirect(evidence.activity)


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One photo, for those who may see its activity."""
    photos = Evidence.objects.visible_to(request.user).select_related("activity")
    evidence = get_object_or_404(photos, pk=pk)
    response = FileResponse(open_private(evidence.file))
    kept = "max-age=3600" if evidence.activity.is_shown_to_all else "no-store"
    response["Cache-Control"] = f"private, {kept}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response


def _move(
    request: HttpRequest, pk: int, action: Callable[..., Activity], done: str
) -> HttpResponse:
    activity = _visible(request, pk)
    require(can_record_activity(request.user, activity))
    try:
        action(activity=activity, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(activity)


@require_POST
@login_required
def activity_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft for sign-up."""
    return _move(request, pk, actions.publish_activity, _("活动已发布。"))


@require_POST
@login_required
def activity_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an activity to the office."""
    return _move(request, pk, actions.submit_activity, _("活动已提交文明办审核。"))


@require_safe
@login_required
def review_list(request: HttpRequest) -> HttpResponse:
    """What waits for the office's review, the longest-waiting first."""
    require(has_permission(request.user, Permission.ACTIVITY_REVIEW))
    waiting = (
        Activity.objects.visible_to(request.user)
        .awaiting_review()
        .select_related("organization", "pillar", "initiative", "submitted_by")
    )
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "campaigns/review_list.html", {"page": page})


@require_POST
@login_required
def activity_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a submitted activity or return it with a reason."""
    activity = _visible(request, pk)
    require(can_review_activity(request.user, activity))
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _activity_page(request, activity, review_form=form, status=422)
    try:
        review = actions.review_activity(
            activity=activity, by=request.user, **form.cleaned_data
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        is_approved = review.decision == Review.Decision.APPROVED
        messages.success(request, _("已通过。") if is_approved else _("已退回。"))
    return redirect("campaigns:review_list")
