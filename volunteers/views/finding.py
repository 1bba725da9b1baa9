"""Pages on which a shift is found: the list and the shifts of a community."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import (
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from communities.models import Community
from volunteers.forms.finding import ShiftFilterForm
from volunteers.queries.shifts import shift_page, shifts_of_community

COMMUNITY_ROWS = 5


@require_safe
@vary_on_headers("HX-Request")
def shift_list(request: HttpRequest) -> HttpResponse:
    """Upcoming shifts, filtered; the next page starts after the last row."""
    form = ShiftFilterForm(request.GET)
    shifts, after = [], ""
    if form.is_valid():
        shifts, after = shift_page(
            form.cleaned_data, user=request.user, now=timezone.now()
        )
    context = {"form": form, "shifts": shifts, "after": after}
    name = "_shift_rows.html" if request.htmx else "shift_list.html"
    return render(request, f"volunteers/{name}", context)


@require_safe
@vary_on_headers("HX-Request")
def community_shifts(request: HttpRequest, pk: int) -> HttpResponse:
    """The next shifts in a community: a fragment of its page, or a page of its own."""
    community = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    context = {
        "community": community,
        "shifts": shifts_of_community(
            community, COMMUNITY_ROWS, user=request.user, now=timezone.now()
        ),
    }
    name = "_community_shifts.html" if request.htmx else "community_shifts.html"
    return render(request, f"volunteers/{name}", context)
