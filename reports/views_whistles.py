"""Rates of whistles, and the rows behind each figure."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from communities.permissions import Permission, has_permission, require
from reports.forms_whistles import WhistleRateRowsForm, WhistleRatesForm
from reports.whistle_rates import (
    OF_RESPONSES,
    Figure,
    Group,
    Row,
    rates_by,
    responses_in_scope,
    rows_behind,
    total_of,
)

PAGE_SIZE = 50
ROWS_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def whistle_rates(request: HttpRequest) -> HttpResponse:
    """The rates of what the user's scope covers, by unit, street …, and in all."""
    form = _form(request, WhistleRatesForm)
    sees_overview = has_permission(request.user, Permission.OVERVIEW_VIEW)
    context = {"form": form, "tabs": [], "sees_overview": sees_overview}
    name = "_whistle_rates.html" if request.htmx else "whistle_rates.html"
    if not form.is_valid():
        return render(request, f"reports/{name}", context, status=422)
    group = Group(form.cleaned_data["by"])
    rows, total = rates_by(form.question, group), total_of(form.question)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in [*page, total]:
        row.query = _query(form, group, row)
    context |= {
        "group": group,
        "page": page,
        "total": total,
        "as_of": form.now,
        "tabs": [(choice, form.query(by=choice.value)) for choice in Group],
    }
    return render(request, f"reports/{name}", context)


@require_safe
@login_required
def whistle_rate_rows(request: HttpRequest) -> HttpResponse:
    """Exactly the responses or whistles that one figure of the rates counts."""
    form = _form(request, WhistleRateRowsForm)
    context = {"form": form}
    if not form.is_valid():
        return render(request, "reports/whistle_rate_rows.html", context, status=422)
    figure = Figure(form.cleaned_data["figure"])
    rows = rows_behind(form.question, figure)
    context |= {
        "figure": figure,
        "are_responses": figure in OF_RESPONSES,
        "page": Paginator(rows, ROWS_SIZE).get_page(request.GET.get("page")),
        "back": _query_back(form),
    }
    return render(request, "reports/whistle_rate_rows.html", context)


def _form(request: HttpRequest, kind: type[WhistleRatesForm]) -> WhistleRatesForm:
    require(has_permission(request.user, Permission.WHISTLE_VIEW))
    return kind(
        request.GET, responses=responses_in_scope(request.user), now=timezone.now()
    )


def _query(form: WhistleRatesForm, group: Group, row: Row) -> str:
    """The filters by which the rows of a line are found: those set, and the line's."""
    if row.key is None:
        return form.query()
    if group == Group.MONTH:
        month = f"{row.key:%Y-%m}"
        return form.query(first=month, last=month)
    return form.query(**{group.value: row.key})


def _query_back(form: WhistleRateRowsForm) -> str:
    """The filters of the table again, without what its line or its tab added."""
    by = form.cleaned_data["by"]
    added = ("first", "last") if by == Group.MONTH else (by,)
    return form.query(**dict.fromkeys(("figure", "community", *added), ""))
