"""Pages for those who organise: the activity that comes of a claimed need."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from campaigns.actions import activity_of, create_activity_from_claim
from campaigns.models import Activity
from communities.models import NeedClaim
from communities.permissions import Permission, has_permission, require
from communities.queries.needs import claims_visible_to
from core.errors import RuleError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@vary_on_headers("HX-Request")
def claim_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """The activity of a claim: a fragment of the need's page; POST drafts it."""
    claims = claims_visible_to(request.user).select_related(
        "need__community", "organization"
    )
    claim = get_object_or_404(claims, pk=pk)
    records = has_permission(
        request.user, Permission.ACTIVITY_RECORD, organization=claim.organization
    )
    if request.method == "POST":
        require(records)
        return _create(request, claim)
    held = activity_of(claim)
    visible = Activity.objects.visible_to(request.user)
    context = {
        "claim": claim,
        "activity": held,
        "sees": held is not None and visible.filter(pk=held.pk).exists(),
        "can_create": records and held is None and claim.is_live,
    }
    name = "_claim_activity.html" if request.htmx else "claim_activity.html"
    return render(request, f"campaigns/{name}", context)


def _create(request: HttpRequest, claim: NeedClaim) -> HttpResponse:
    try:
        activity = create_activity_from_claim(
            claim=claim, by=request.user, now=timezone.now()
        )
    except RuleError as error:
        messages.error(request, str(error))
        return redirect(claim)
    if not activity.is_editable:
        return redirect(activity)
    messages.success(request, _("已按需求建立活动草稿，请核对时间和地点。"))
    return redirect("campaigns:activity_edit", activity.pk)
