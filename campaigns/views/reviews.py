"""The office's review: the queue and the decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import actions
from campaigns.forms.reviews import ReviewForm
from campaigns.models import Activity, Review
from campaigns.permissions import can_review_activity
from campaigns.views.activity_page import activity_page, visible_activity
from communities.permissions import Permission, has_permission, require
from core.errors import RuleError

PAGE_SIZE = 25


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
    activity = visible_activity(request, pk)
    require(can_review_activity(request.user, activity))
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return activity_page(request, activity, review_form=form, status=422)
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
