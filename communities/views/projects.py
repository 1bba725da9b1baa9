"""Pages of service projects: the list, one project, planning and closing it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
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

from communities.actions import projects as actions
from communities.forms.needs import ReasonForm
from communities.forms.projects import ProjectFilterForm, ProjectForm, ResultForm
from communities.models import Resource, ServiceProject
from communities.permissions import Permission, has_permission, require
from communities.queries.resources import (
    can_join,
    filtered_projects,
    projects_visible_to,
    resources_visible_to,
    with_sides_then,
)
from communities.views.needs import visible_need
from core.audit import history_of
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def project_list(request: HttpRequest) -> HttpResponse:
    """Projects of the units and communities in the official's scope."""
    require(has_permission(request.user, Permission.NEED_VIEW))
    form = ProjectFilterForm(request.GET)
    context = {"form": form}
    if form.is_valid():
        projects = filtered_projects(
            projects_visible_to(request.user), **form.cleaned_data
        )
        page = Paginator(projects, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = with_sides_then(list(page.object_list))
        context["page"] = page
    name = "_project_rows.html" if request.htmx else "project_list.html"
    return render(request, f"communities/{name}", context)


def _visible(request: HttpRequest, pk: int) -> ServiceProject:
    projects = projects_visible_to(request.user).select_related(
        "need__community", "resource__organization", "created_by"
    )
    return get_object_or_404(projects, pk=pk)


def _own(request: HttpRequest, pk: int) -> ServiceProject:
    """The project, or 403 for those who act for neither side."""
    project = _visible(request, pk)
    require(can_join(request.user, project.need, project.resource))
    return project


@require_safe
@login_required
def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: its two sides, its plan, what came of it."""
    project = _visible(request, pk)
    with_sides_then([project])
    context = {
        "project": project,
        "is_owner": can_join(request.user, project.need, project.resource),
        "history": history_of(project),
    }
    return render(request, "communities/project_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_create(request: HttpRequest, pk: int, resource_pk: int) -> HttpResponse:
    """Join a need and a resource in a project."""
    need = visible_need(request, pk)
    resource = _joined_resource(request, resource_pk)
    require(can_join(request.user, need, resource))
    form = ProjectForm(request.POST or None, initial={"title": need.title})
    if request.method == "POST" and form.is_valid():
        try:
            project = actions.plan_project(
                need=need,
                resource=resource,
                by=request.user,
                today=timezone.localdate(),
                **form.cleaned_data,
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("项目已立项，已通知对方。"))
            return redirect(project)
    context = {"form": form, "need": need, "resource": resource}
    status = 422 if form.errors else 200
    return render(request, "communities/project_form.html", context, status=status)


def _joined_resource(request: HttpRequest, pk: int) -> Resource:
    resources = resources_visible_to(request.user).select_related("organization")
    return get_object_or_404(resources, pk=pk)


@require_POST
@login_required
def project_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a planned project."""
    project = _own(request, pk)
    try:
        actions.start_project(project=project, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("项目已开始。"))
    return redirect(project)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a running project with what came of it."""
    project = _own(request, pk)
    return _ask(
        request,
        project,
        ResultForm(request.POST or None),
        actions.finish_project,
        heading=_("完成项目"),
        hint=_("写明成效后项目即告完成，不能再改。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a project for a reason."""
    project = _own(request, pk)
    return _ask(
        request,
        project,
        ReasonForm(request.POST or None),
        actions.cancel_project,
        heading=_("取消项目"),
        consequences=[
            _("项目不再进行，记录保留。"),
            _("对方会收到通知。"),
            _("取消后不能恢复。"),
        ],
    )


def _ask(
    request: HttpRequest,
    project: ServiceProject,
    form: Form,
    action: Callable[..., ServiceProject],
    **words: object,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            action(project=project, by=request.user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已保存。"))
            return redirect(project)
    context = {"form": form, "target": project, **words}
    status = 422 if form.errors else 200
    return render(request, "communities/need_reason.html", context, status=status)
