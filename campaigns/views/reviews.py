"""The office's review: the queue, and the decision about one activity."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns import actions
from campaigns.forms.reviews import ReviewFilterForm, ReviewForm
from campaigns.models import Review
from campaigns.permissions import can_review_activity
from campaigns.queries.review_queue import (
    filtered_queue,
    mark_duplicates,
    queue_of,
    queue_rows,
)
from campaigns.views.activity_page import activity_page, visible_activity
from communities.permissions import Permission, has_permission, require
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def review_list(request: HttpRequest) -> HttpResponse:
    """What waits for the office's review, filtered, the longest-waiting first."""
    require(has_permission(request.user, Permission.ACTIVITY_REVIEW))
    today = timezone.localdate()
    form = ReviewFilterForm(request.GET)
    context = {"form": form, "back": request.GET.urlencode()}
    if form.is_valid():
        rows = filtered_queue(queue_of(request.user), today=today, **form.cleaned_data)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = queue_rows(page.object_list, today=today)
        mark_duplicates(page.object_list, request.user)
        for row in page.object_list:
            row.can_review = can_review_activity(request.user, row)
        context["page"] = page
    name = "_review_rows.html" if request.htmx else "review_list.html"
    return render(request, f"campaigns/{name}", context)


@require_POST
@login_required
def activity_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a submitted activity, or return it with what is to be mended."""
    activity = visible_activity(request, pk)
    require(can_review_activity(request.user, activity))
    form = ReviewForm(request.POST, activity=activity)
    if not form.is_valid():
        return activity_page(request, activity, review_form=form, status=422)
    try:
        review = actions.review_activity(
            activity=activity,
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            points=form.points(),
            turn=form.cleaned_data["turn"],
            by=request.user,
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        is_approved = review.decision == Review.Decision.APPROVED
        messages.success(request, _("已通过。") if is_approved else _("已退回。"))
    return redirect("campaigns:review_list")
