"""How to reach the resident, shown to the few who need it and to nobody else."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from campaigns import rules
from campaigns.actions.whistle_contact import see_contact
from campaigns.models import Whistle
from communities.permissions import require
from core.errors import RuleError


@require_POST
@login_required
@vary_on_headers("HX-Request")
def whistle_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the resident's contact, on a page or in its place on the whistle's page.

    Asked for by POST, so that it never stands in a page somebody only looked at, and
    each look is recorded.
    """
    whistles = Whistle.objects.visible_to(request.user).select_related("community")
    whistle = get_object_or_404(whistles, pk=pk)
    require(rules.can_see_contact(request.user, whistle))
    try:
        contact = see_contact(whistle=whistle, by=request.user)
    except RuleError as error:
        raise PermissionDenied from error
    context = {"whistle": whistle, "contact": contact}
    name = "_whistle_contact.html" if request.htmx else "whistle_contact.html"
    response = render(request, f"campaigns/{name}", context)
    response["Cache-Control"] = "private, no-store"
    return response
