"""Pages of the party organisations, for everyone: the tree and one organisation."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from communities.forms.organizations import DayForm, OrganizationFilterForm
from communities.models import Organization
from communities.permissions import Permission, has_permission
from communities.queries.agreements import agreements_of_organization
from communities.queries.leader_teams import leaders_of_organization
from communities.queries.organizations import (
    ancestors_on,
    children_on,
    halts_until,
    pairings_of_organization,
    places_of_day,
    state_on,
    version_on,
)
from communities.queries.report_ins import report_ins_of_organization
from communities.queries.resources import resources_of_organization

PAGE_SIZE = 25


@require_safe
@vary_on_headers("HX-Request")
def organization_list(request: HttpRequest) -> HttpResponse:
    """The tree as of a day; found by name, unit, pinyin, initials or code."""
    form = OrganizationFilterForm(request.GET)
    context = {
        "form": form,
        "may_manage": has_permission(request.user, Permission.REGISTER_MANAGE),
    }
    if form.is_valid():
        chosen = form.cleaned_data
        day = chosen["day"] or timezone.localdate()
        places = places_of_day(
            day, text=chosen["text"], kind=chosen["kind"], state=chosen["state"]
        )
        page = Paginator(places, PAGE_SIZE).get_page(request.GET.get("page"))
        is_tree = not (chosen["text"] or chosen["kind"] or chosen["state"])
        context |= {"day": day, "page": page, "is_tree": is_tree}
    name = "_organization_rows.html" if request.htmx else "organization_list.html"
    return render(request, f"communities/{name}", context)


@require_safe
def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation as of a day: name, place, pairings, what came before."""
    organization = get_object_or_404(
        Organization.objects.select_related("successor", "parent"), pk=pk
    )
    today = timezone.localdate()
    form = DayForm(request.GET)
    day = (form.is_valid() and form.cleaned_data["day"]) or today
    version = version_on(organization, day)
    above = ancestors_on(version, day)
    unit = [row for row in above if row.unit_name == version.unit_name]
    halt = halts_until(day, organization).get(organization.pk)
    may_manage = has_permission(request.user, Permission.REGISTER_MANAGE)
    context = {
        "organization": organization,
        "form": form,
        "day": day,
        "is_today": day == today,
        "version": version,
        "state": state_on(organization, version, day, halt),
        "above": above,
        "children": children_on(organization, day),
        "versions": organization.versions.order_by("-starts_on"),
        "predecessors": organization.predecessors.order_by("ends_on", "pk"),
        "pairings": pairings_of_organization(
            organization, user=request.user, day=day, above=unit
        ),
        **_fragments(organization, request.user, day),
        "may_see_contact": has_permission(
            request.user, Permission.PAIRING_VIEW, organization=organization
        ),
        "may_see_ledger": has_permission(
            request.user, Permission.ACTIVITY_VIEW, organization=organization
        ),
        "may_manage": may_manage,
        "changes": organization.changes.all() if may_manage else (),
    }
    return render(request, "communities/organization_detail.html", context)


def _fragments(organization: Organization, user: User, day: date) -> dict[str, Any]:
    """What the other parts of the page need, by the name of their fragment."""
    parts = {
        "report_ins": report_ins_of_organization,
        "leaders": leaders_of_organization,
        "agreements": agreements_of_organization,
        "resources": resources_of_organization,
    }
    return {
        name: query(organization, user=user, day=day) for name, query in parts.items()
    }
