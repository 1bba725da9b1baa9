"""Pages of a campaign."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaigns.models import Campaign


@require_safe
def campaign_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A campaign: its days, its papers, its pillars."""
    planned = Campaign.State.PLANNED
    campaign = get_object_or_404(Campaign.objects.exclude(state=planned), pk=pk)
    return render(request, "campaigns/campaign_detail.html", {"campaign": campaign})
