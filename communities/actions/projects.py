"""Writes to service projects: a need joined with a resource, then carried out."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.needs import locked_need
from communities.models import Need, Organization, Resource, ServiceProject
from communities.notices import needs as notices
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

State = ServiceProject.State


class ProjectRefused(RuleError):
    """The project is not fit for what was asked."""


@retried_atomic
def plan_project(
    *,
    need: Need,
    resource: Resource,
    title: str,
    plan: str = "",
    by: User,
    today: date,
) -> ServiceProject:
    """Join a need and a resource in a project; the other side is told.

    Raises ProjectRefused when the need is not under way, the resource not offered any
    more, or when both are joined already.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=resource.organization_id)
    need = locked_need(need.pk)
    resource = (
        Resource.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=resource.pk)
    )
    _check_under_way(need)
    if resource.ends_on is not None and resource.ends_on < today:
        raise ProjectRefused(_("这项资源已结束提供，不能立项。"))
    try:
        with transaction.atomic():
            project = ServiceProject.objects.create(
                need=need, resource=resource, title=title, plan=plan, created_by=by
            )
    except IntegrityError as error:
        raise ProjectRefused(_("这项需求和这项资源已经立项。")) from error
    audit.record("communities.service_project_created", target=project, by=by)
    notices.project_changed(project, by_id=by.pk)
    return project


@retried_atomic
def start_project(*, project: ServiceProject, by: User) -> ServiceProject:
    """Begin a planned project. Raises RuleError when its need is closed."""
    project = _locked(project)
    if project.need.state in {Need.State.WITHDRAWN, Need.State.EXPIRED}:
        _check_under_way(project.need)
    return _move(project, State.RUNNING, by=by)


@retried_atomic
def finish_project(*, project: ServiceProject, result: str, by: User) -> ServiceProject:
    """Close a running project with what came of it. Raises RuleError without result."""
    project = _locked(project)
    if not result.strip():
        raise ProjectRefused(_("请写明项目成效。"))
    return _move(project, State.DONE, by=by, result=result.strip())


@retried_atomic
def cancel_project(*, project: ServiceProject, reason: str, by: User) -> ServiceProject:
    """Cancel a project for a reason; it stays on the list. Raises RuleError without."""
    project = _locked(project)
    if not reason.strip():
        raise ProjectRefused(_("请写明理由。"))
    return _move(project, State.CANCELLED, by=by, reason=reason.strip())


def _locked(project: ServiceProject) -> ServiceProject:
    return (
        ServiceProject.objects.select_for_update(of=("self",))
        .select_related("need__community", "resource__organization")
        .get(pk=project.pk)
    )


def _move(
    project: ServiceProject, state: str, *, by: User, reason: str = "", **changes: str
) -> ServiceProject:
    project.move_to(state, by=by, reason=reason, **changes)
    notices.project_changed(project, by_id=by.pk)
    return project


def _check_under_way(need: Need) -> None:
    if not need.is_under_way:
        raise ProjectRefused(
            _("需求%(state)s，不能再立项或开展。") % {"state": need.get_state_display()}
        )
