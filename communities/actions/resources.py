"""Writes to resources: what a unit can give, from a day to a day."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Organization, Resource, ServiceProject
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic


class ResourceRefused(RuleError):
    """The resource is not fit for what was asked."""


def _locked(resource: Resource) -> Resource:
    return (
        Resource.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=resource.pk)
    )


@retried_atomic
def offer_resource(*, resource: Resource, by: User) -> Resource:
    """Put a resource on the list. Raises ResourceRefused for a closed organisation."""
    organization = Organization.objects.select_for_update(no_key=True).get(
        pk=resource.organization_id
    )
    if organization.state != Organization.State.ACTIVE:
        raise ResourceRefused(
            _("%(organization)s%(state)s，不能登记资源。")
            % {
                "organization": organization.name,
                "state": organization.get_state_display(),
            }
        )
    resource.created_by = by
    resource.save()
    audit.record("communities.resource_created", target=resource, by=by)
    return resource


@retried_atomic
def update_resource(
    *, resource: Resource, values: dict[str, object], by: User, today: date
) -> Resource:
    """Change a resource that is still offered.

    Raises ResourceRefused once it has ended, or when two people's dates cross.
    """
    resource = _locked(resource)
    _check_offered(resource, today)
    changed = [
        name for name, value in values.items() if getattr(resource, name) != value
    ]
    said = audit.edits(resource, {name: values[name] for name in changed})
    for name in changed:
        setattr(resource, name, values[name])
    if resource.ends_on is not None and resource.ends_on < resource.starts_on:
        raise ResourceRefused(_("结束日期不能早于开始日期。"))
    if changed:
        resource.save(update_fields=changed)
        audit.record(
            "communities.resource_changed",
            target=resource,
            by=by,
            fields=changed,
            changes=said,
        )
    return resource


@retried_atomic
def end_resource(*, resource: Resource, by: User, today: date) -> Resource:
    """Stop offering a resource after today; one that has not begun ends with its day.

    Raises ResourceRefused when it has ended, or while a project stands on it.
    """
    resource = _locked(resource)
    _check_offered(resource, today)
    if resource.projects.filter(state__in=ServiceProject.LIVE_STATES).exists():
        raise ResourceRefused(_("还有服务项目在使用这项资源，请先完成或取消项目。"))
    resource.ends_on = max(today, resource.starts_on)
    resource.save(update_fields=["ends_on"])
    audit.record(
        "communities.resource_ended",
        target=resource,
        by=by,
        ends_on=resource.ends_on,
    )
    return resource


def _check_offered(resource: Resource, today: date) -> None:
    if resource.ends_on is not None and resource.ends_on < today:
        raise ResourceRefused(_("这项资源已结束提供，不能再修改。"))
