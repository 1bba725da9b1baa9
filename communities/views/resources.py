"""Pages of resources: the list, one resource, and what its unit does with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from communities.actions import resources as actions
from communities.forms.resources import ResourceFilterForm, ResourceForm
from communities.models import Resource
from communities.permissions import Permission, has_permission, require
from communities.queries.resources import (
    can_join,
    filtered_resources,
    needs_for_resource,
    projects_visible_to,
    resources_visible_to,
    with_owners_then,
)
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def resource_list(request: HttpRequest) -> HttpResponse:
    """What units can give, in the official's scope."""
    require(has_permission(request.user, Permission.NEED_VIEW))
    form = ResourceFilterForm(request.GET)
    offers = has_permission(request.user, Permission.RESOURCE_OFFER)
    context = {"form": form, "offers": offers}
    if form.is_valid():
        resources = filtered_resources(
            resources_visible_to(request.user),
            today=timezone.localdate(),
            **form.cleaned_data,
        )
        page = Paginator(resources, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = with_owners_then(list(page.object_list))
        context["page"] = page
    name = "_resource_rows.html" if request.htmx else "resource_list.html"
    return render(request, f"communities/{name}", context)


def _visible(request: HttpRequest, pk: int) -> Resource:
    resources = resources_visible_to(request.user).select_related("organization")
    return get_object_or_404(resources, pk=pk)


def _offers(request: HttpRequest, resource: Resource) -> bool:
    return has_permission(
        request.user, Permission.RESOURCE_OFFER, organization=resource.organization
    )


@require_safe
@login_required
def resource_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One resource, the needs it fits and the projects it serves."""
    resource = _visible(request, pk)
    with_owners_then([resource])
    matches = []
    if not resource.is_over:
        found = needs_for_resource(resource, user=request.user, now=timezone.now())
        matches = [
            (match, can_join(request.user, match.row, resource)) for match in found
        ]
    projects = projects_visible_to(request.user).filter(resource=resource)
    context = {
        "resource": resource,
        "is_owner": _offers(request, resource),
        "matches": matches,
        "projects": projects.select_related("need__community"),
    }
    return render(request, "communities/resource_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def resource_create(request: HttpRequest) -> HttpResponse:
    """Put a resource on the list."""
    require(has_permission(request.user, Permission.RESOURCE_OFFER))
    form = ResourceForm(
        request.POST or None,
        user=request.user,
        initial={"starts_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            resource = actions.offer_resource(
                resource=form.save(commit=False), by=request.user
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("资源已登记，社区可以看到。"))
            return redirect(resource)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def resource_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a resource that is still offered."""
    resource = _visible(request, pk)
    require(_offers(request, resource))
    form = ResourceForm(
        request.POST or None, user=request.user, instance=_visible(request, pk)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_resource(
                resource=resource,
                values=form.changed_values(),
                by=request.user,
                today=timezone.localdate(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("修改已保存。"))
            return redirect(resource)
    return _form_page(request, form, resource)


def _form_page(
    request: HttpRequest, form: ResourceForm, resource: Resource | None = None
) -> HttpResponse:
    context = {"form": form, "resource": resource}
    status = 422 if form.errors else 200
    return render(request, "communities/resource_form.html", context, status=status)


@require_POST
@login_required
def resource_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop offering a resource after today."""
    resource = _visible(request, pk)
    require(_offers(request, resource))
    try:
        actions.end_resource(
            resource=resource, by=request.user, today=timezone.localdate()
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已结束提供，今天是最后一天。"))
    return redirect(resource)
