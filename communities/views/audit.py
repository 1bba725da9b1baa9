"""Pages of the audit log: search, and the history of one record."""

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from communities.forms.audit import GREATEST_NUMBER, AuditFilterForm, AuditPlaceForm
from communities.permissions import Permission, has_permission, require
from communities.queries.audit import found_lines, page_of, shown_lines
from communities.queries.audit_reach import listed, reached_page
from core.models import AuditEntry


@require_safe
@login_required
@vary_on_headers("HX-Request")
def audit_list(request: HttpRequest) -> HttpResponse:
    """Who did what and when, searched; the lines of a batch below their own."""
    require(has_permission(request.user, Permission.AUDIT_VIEW))
    form = AuditFilterForm(request.GET)
    context = {"form": form}
    if form.is_valid():
        values = form.cleaned_data
        rows = listed(found_lines(values, by=request.user))
        before = _place(request)
        entries, older = reached_page(rows, values, before)
        context |= _page(request, entries, older, before)
    name = "_audit_rows.html" if request.htmx else "audit_list.html"
    return render(request, f"communities/{name}", context)


@require_safe
@login_required
def audit_history(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """What the log says of one record, the latest first, also when it is gone."""
    require(has_permission(request.user, Permission.AUDIT_VIEW))
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if pk > GREATEST_NUMBER:
        raise Http404
    rows = AuditEntry.objects.filter(target_type=model._meta.label, target_id=pk)
    before = _place(request)
    entries, older = page_of(rows.order_by("-pk"), before)
    context = {
        "register": model._meta.verbose_name,
        "number": pk,
        **_page(request, entries, older, before),
    }
    if not context["lines"] and not model._base_manager.filter(pk=pk).exists():
        raise Http404
    return render(request, "communities/audit_history.html", context)


def _place(request: HttpRequest) -> int | None:
    place = AuditPlaceForm(request.GET)
    if not place.is_valid():
        raise BadRequest("before")
    return place.cleaned_data["before"]


def _page(
    request: HttpRequest,
    entries: list[AuditEntry],
    older: int | None,
    before: int | None,
) -> dict[str, object]:
    lines = shown_lines(entries, by=request.user)
    return {"lines": lines, "older": older, "is_first": not before}
