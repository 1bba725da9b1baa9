"""The page of one activity, as several views answer with it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.models import User
from campaigns.forms.reviews import ReviewForm
from campaigns.models import Activity, Deed, Initiative, StudySession, Whistle
from campaigns.permissions import can_manage_shifts, can_record_activity
from campaigns.queries.activities import with_names_of_the_day
from campaigns.queries.completeness import Missing, what_is_missing
from campaigns.views.evidence_part import evidence_part
from campaigns.views.partner_part import partner_part
from campaigns.views.review_part import review_part
from campaigns.views.task_part import task_part
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
    review_form: ReviewForm | None = None,
    missing: Sequence[Missing] = (),
    status: int = 200,
) -> HttpResponse:
    """The page, with what this reader may see and do, part by part."""
    with_names_of_the_day([activity])
    is_recorder = can_record_activity(request.user, activity)
    sees_history = is_recorder or has_permission(
        request.user, Permission.ACTIVITY_VIEW, organization=activity.organization
    )
    context = {
        "activity": activity,
        "is_recorder": is_recorder,
        "can_edit": is_recorder and activity.is_editable,
        "can_manage_shifts": can_manage_shifts(request.user, activity),
        "history": history_of(activity) if sees_history else [],
        "refused": missing,
        "missing": _missing(activity, is_recorder=is_recorder),
        "whistle": _whistle(request.user, activity),
        **_details_part(activity, is_recorder=is_recorder, sees_host=sees_history),
        **partner_part(request, activity, sees_history=sees_history),
        **evidence_part(request, activity),
        **review_part(request, activity, sees_history=sees_history, form=review_form),
        **task_part(request, activity, is_recorder=is_recorder),
    }
    return render(request, "campaigns/activity_detail.html", context, status=status)


def _whistle(user: User, activity: Activity) -> Whistle | None:
    """The whistle that people were asked to help with, for those who may open it."""
    if activity.whistle_response_id is None:
        return None
    visible = Whistle.objects.visible_to(user)
    return visible.filter(responses=activity.whistle_response_id).first()


def _missing(activity: Activity, *, is_recorder: bool) -> list[Missing]:
    """What is still to do before it can be handed in; for those who record."""
    is_due = is_recorder and activity.is_editable and activity.is_over
    return what_is_missing(activity) if is_due else []


def _details_part(
    activity: Activity, *, is_recorder: bool, sees_host: bool
) -> dict[str, Any]:
    """The study session or the deed; names only for those who record.

    Nobody asked the host to be named in public: officials in scope see who it was.
    """
    kind = activity.initiative.kind
    if kind == Initiative.Kind.STUDY:
        study = StudySession.objects.filter(activity=activity).first()
        names = study.name_list if study and is_recorder else []
        host = study.host if study and sees_host else ""
        return {"study": study, "study_host": host, "study_names": names}
    if kind == Initiative.Kind.DEED:
        return {"deed": Deed.objects.filter(activity=activity).first()}
    return {}
