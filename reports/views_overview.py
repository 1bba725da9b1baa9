"""The overview: the whole campaign at a glance, and lists that no report has."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.permissions import Permission, has_permission, require
from reports.forms_overview import OverviewForm, OverviewRowsForm
from reports.overview.page import overview_sections
from reports.overview.rows import Rows, rows_of

ROWS_SIZE = 50


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Key figures, charts and tables of every concern; each figure opens its rows."""
    require(has_permission(request.user, Permission.OVERVIEW_VIEW))
    form = OverviewForm(request.GET, user=request.user)
    context = {"form": form}
    if not form.is_valid():
        return render(request, "reports/overview.html", context, status=422)
    asked = form.asked
    context |= {
        "asked": asked,
        "as_of": form.now,
        "sections": overview_sections(asked),
    }
    return render(request, "reports/overview.html", context)


@require_safe
@login_required
def overview_rows(request: HttpRequest) -> HttpResponse:
    """Exactly the units, communities or activities that one figure counts."""
    require(has_permission(request.user, Permission.OVERVIEW_VIEW))
    form = OverviewRowsForm(request.GET, user=request.user)
    context = {"form": form}
    if not form.is_valid():
        return render(request, "reports/overview_rows.html", context, status=422)
    asked, name = form.asked, Rows(form.cleaned_data["list"])
    if asked.campaign is None:
        return render(request, "reports/overview_rows.html", context)
    pillar = form.cleaned_data["pillar"]
    rows, item = rows_of(asked, name, pillar)
    page = Paginator(rows, ROWS_SIZE).get_page(request.GET.get("page"))
    page.object_list = [item(row) for row in page.object_list]
    context |= {"asked": asked, "name": name, "pillar": pillar, "page": page}
    return render(request, "reports/overview_rows.html", context)
