"""Pages of campaigns: for everyone, and the office's own."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, CampaignDocument
from campaigns.queries.campaigns import begun_campaigns, pillar_progress
from campaigns.queries.documents import published_documents
from campaigns.queries.figures import addendum_rows, owner_count
from communities.permissions import Permission, has_permission, require

PAGE_SIZE = 25
DESK_PAGE_SIZE = 10


@require_safe
def campaign_list(request: HttpRequest) -> HttpResponse:
    """All campaigns that have begun, the latest first."""
    rows = begun_campaigns().order_by("-starts_on", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "campaigns/campaign_list.html", {"page": page})


@require_safe
def campaign_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A campaign: its days, its figures, its papers."""
    campaign = get_object_or_404(begun_campaigns(), pk=pk)
    documents = published_documents(campaign)
    pillars = pillar_progress(campaign, today=timezone.localdate())
    letter = CampaignDocument.Kind.LETTER
    context = {
        "campaign": campaign,
        "pillars": pillars,
        "activity_count": sum(pillar.count for pillar in pillars),
        "owner_count": owner_count(campaign),
        "late_count": addendum_rows(campaign).count() if campaign.is_frozen else 0,
        "documents": documents,
        "letter": next((row for row in documents if row.kind == letter), None),
        "can_manage": has_permission(request.user, Permission.CAMPAIGN_MANAGE),
    }
    return render(request, "campaigns/campaign_detail.html", context)


@require_safe
@login_required
def campaign_desk(request: HttpRequest) -> HttpResponse:
    """The office's campaigns, each with its papers."""
    require(has_permission(request.user, Permission.CAMPAIGN_MANAGE))
    documents = CampaignDocument.objects.order_by("position", "pk")
    rows = Campaign.objects.order_by("-starts_on", "-pk").prefetch_related(
        models.Prefetch("documents", queryset=documents)
    )
    page = Paginator(rows, DESK_PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "campaigns/campaign_desk.html", {"page": page})
