"""Photos of an activity: added, taken back, shown to those who may see them."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import actions
from campaigns.forms.evidence import PhotoForm
from campaigns.models import Activity, Evidence
from campaigns.permissions import can_edit_activity
from campaigns.views.activity_page import activity_page, visible_activity
from communities.permissions import require
from core.errors import RuleError
from core.uploads import open_private


@transaction.atomic
def add_photos(form: Form, activity: Activity, request: HttpRequest) -> None:
    for checked in form.cleaned_data["photos"]:
        words = replace(
            actions.words_of(activity), purpose=form.cleaned_data["caption"]
        )
        actions.add_evidence(
            target=activity, upload=checked, words=words, by=request.user
        )


@require_POST
@login_required
def photo_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add photos to an activity."""
    activity = visible_activity(request, pk)
    require(can_edit_activity(request.user, activity))
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_photos(form, activity, request)
        except RuleError as error:
            form.add_error("photos", str(error))
        else:
            messages.success(request, _("照片已保存。"))
            return redirect(activity)
    return activity_page(request, activity, photo_form=form, status=422)


@require_POST
@login_required
def photo_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo back."""
    evidence = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related(
            "activity__organization", "file"
        ),
        pk=pk,
    )
    require(can_edit_activity(request.user, evidence.activity))
    try:
        actions.remove_evidence(evidence=evidence, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("照片已移除。"))
    return redirect(evidence.activity)


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One photo, for those who may see its activity."""
    photos = Evidence.objects.visible_to(request.user).select_related(
        "activity", "file"
    )
    evidence = get_object_or_404(photos, pk=pk)
    response = FileResponse(open_private(evidence.file.path))
    activity = evidence.activity
    is_for_all = activity is not None and activity.is_shown_to_all
    kept = "max-age=3600" if is_for_all else "no-store"
    response["Cache-Control"] = f"private, {kept}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
