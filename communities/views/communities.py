"""Pages of the communities, for everyone."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from communities.forms.divisions import CommunityFilterForm
from communities.forms.organizations import DayForm
from communities.models import Community
from communities.permissions import Permission, has_permission
from communities.queries.agreements import agreements_of_community
from communities.queries.divisions import (
    add_former_names,
    by_street,
    community_story,
    filtered_communities,
)
from communities.queries.leader_teams import leaders_of_community
from communities.queries.member_report_ins import member_report_ins_of_community
from communities.queries.needs import needs_of_community
from communities.queries.pairings import (
    earlier_pairings_of_community,
    pairings_of_community,
)
from communities.queries.posts import posts_of_community
from communities.queries.report_ins import report_ins_of_community
from communities.queries.wishes import wishes_of_community

PAGE_SIZE = 50
EARLIER_ROWS = 20


@require_safe
@vary_on_headers("HX-Request")
def community_list(request: HttpRequest) -> HttpResponse:
    """Communities by street, or the most paired first; found by any name they had."""
    form = CommunityFilterForm(request.GET)
    context = {"form": form, "groups": [], "total": 0, "page": None}
    if form.is_valid():
        context |= _found(request, form.cleaned_data)
    name = "_community_groups.html" if request.htmx else "community_list.html"
    return render(request, f"communities/{name}", context)


def _found(request: HttpRequest, chosen: dict) -> dict[str, object]:
    """All of a district at once under their streets; in other orders page by page."""
    communities = filtered_communities(
        Community.objects.visible_to(request.user), day=timezone.localdate(), **chosen
    )
    if chosen["order"] != "code":
        page = Paginator(communities, PAGE_SIZE).get_page(request.GET.get("page"))
        rows, total = list(page.object_list), page.paginator.count
        found = {"page": page, "rows": rows, "total": total}
    else:
        rows = list(communities)
        found = {"groups": by_street(rows), "total": len(rows)}
    if chosen["text"]:
        add_former_names(rows)
    return found


@require_safe
def community_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One community as of a day: what it was, and the units paired with it."""
    communities = Community.objects.visible_to(request.user)
    community = get_object_or_404(
        communities.select_related("subdistrict", "successor"), pk=pk
    )
    today = timezone.localdate()
    form = DayForm(request.GET)
    day = (form.is_valid() and form.cleaned_data["day"]) or today
    may_manage = has_permission(request.user, Permission.REGISTER_MANAGE)
    context = {
        "community": community,
        "form": form,
        "day": day,
        "is_today": day == today,
        "story": community_story(community, day=day),
        "may_manage": may_manage,
        "changes": community.changes.all() if may_manage else (),
        **_links(request, community, day),
    }
    if has_permission(request.user, Permission.AGREEMENT_VIEW, community=community):
        context["agreements"] = agreements_of_community(
            community, user=request.user, day=day
        )
    if day == today:
        context["posts"] = posts_of_community(community, user=request.user, day=day)
        context["wishes"] = wishes_of_community(community, day=day)
    status = 422 if form.errors else 200
    return render(request, "communities/community_detail.html", context, status=status)


def _links(request: HttpRequest, community: Community, day: date) -> dict[str, object]:
    """What tied the community to units and members on that day."""
    asked = {"user": request.user, "day": day}
    earlier = earlier_pairings_of_community(community, **asked)
    return {
        "pairings": pairings_of_community(community, **asked),
        "earlier": Paginator(earlier, EARLIER_ROWS).get_page(request.GET.get("page")),
        "report_ins": report_ins_of_community(community, **asked),
        "member_report_ins": member_report_ins_of_community(community, **asked),
        "needs": needs_of_community(community, **asked),
        "leaders": leaders_of_community(community, **asked),
    }
