"""The page of one activity, as several views answer with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from campaigns.forms.evidence import PhotoForm
from campaigns.forms.reviews import ReviewForm
from campaigns.models import Activity, Evidence
from campaigns.permissions import (
    can_manage_shifts,
    can_record_activity,
    can_review_activity,
)
from campaigns.queries.activities import with_names_of_the_day
from communities.permissions import Permission, has_permission
from core.audit import history_of


def visible_activity(request: HttpRequest, pk: int) -> Activity:
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


def activity_page(
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
        "photos": Evidence.objects.visible_to(request.user)
        .filter(activity=activity)
        .select_related("file"),
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
