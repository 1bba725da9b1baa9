"""Pages of the communities, for everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from communities.forms.divisions import CommunityFilterForm
from communities.models import Community
from communities.queries.divisions import communities_by_street
from communities.queries.pairings import pairings_of_community


@require_safe
@vary_on_headers("HX-Request")
def community_list(request: HttpRequest) -> HttpResponse:
    """All communities by street; found by name, pinyin or initials."""
    form = CommunityFilterForm(request.GET)
    groups = []
    if form.is_valid():
        communities = Community.objects.visible_to(request.user)
        if text := form.cleaned_data["text"]:
            communities = communities.search(text)
        if street := form.cleaned_data["street"]:
            communities = communities.filter(subdistrict=street)
        groups = communities_by_street(communities, day=timezone.localdate())
    context = {
        "form": form,
        "groups": groups,
        "total": sum(len(communities) for _street, communities in groups),
    }
    name = "_community_groups.html" if request.htmx else "community_list.html"
    return render(request, f"communities/{name}", context)


@require_safe
def community_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One community and the units paired with it today."""
    communities = Community.objects.visible_to(request.user)
    community = get_object_or_404(communities.select_related("subdistrict"), pk=pk)
    today = timezone.localdate()
    context = {
        "community": community,
        "today": today,
        "pairings": pairings_of_community(community, user=request.user, day=today),
    }
    return render(request, "communities/community_detail.html", context)
