"""A small tree of organisations and short words for changing it."""

from datetime import date, timedelta

from django.utils import timezone

from communities.actions import plan_change
from communities.models import Organization, RegisterChange
from tests.factories.communities import OrganizationFactory, WorkingCommitteeFactory

Kind = RegisterChange.Kind
MAY = date(2026, 5, 1)
ONE_DAY = timedelta(days=1)


def ahead(days=30):
    return timezone.localdate() + timedelta(days=days)


def change(target, kind, day=MAY, by=None, **details):
    return plan_change(
        target=target, kind=kind, effective_on=day, details=details, by=by
    )


def committee(root=None, **values):
    root = root or WorkingCommitteeFactory()
    return OrganizationFactory(kind=Organization.Kind.COMMITTEE, parent=root, **values)


def branch(parent, **values):
    return OrganizationFactory(parent=parent, **values)


def lives(organization):
    """Name, unit, number of the parent and both days of each version, oldest first."""
    rows = organization.versions.order_by("starts_on")
    return [
        (row.name, row.unit_name, row.parent_id, row.starts_on, row.ends_on)
        for row in rows
    ]
