"""Units offer resources, change them and end them."""

import pytest
from django.utils import timezone

from communities.actions.resources import (
    ResourceRefused,
    end_resource,
    offer_resource,
    update_resource,
)
from communities.models import Organization, ServiceProject
from core.models import AuditEntry
from tests.communities.needs import days, official_of
from tests.factories.needs import ResourceFactory, ServiceProjectFactory

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def test_offered_resource_has_its_author_and_a_line(organization):
    official = official_of(organization)

    resource = offer_resource(
        resource=ResourceFactory.build(organization=organization), by=official
    )

    assert resource.created_by == official
    assert AuditEntry.objects.latest("pk").verb == "communities.resource_created"


def test_suspended_organisation_offers_nothing(organization):
    organization.move_to(Organization.State.SUSPENDED, by=None)

    with pytest.raises(ResourceRefused, match="停用"):
        offer_resource(
            resource=ResourceFactory.build(organization=organization), by=None
        )


def test_changing_a_resource_saves_what_differs():
    resource = ResourceFactory(text="旧")

    update_resource(resource=resource, values={"text": "新"}, by=None, today=today())

    resource.refresh_from_db()
    assert resource.text == "新"
    assert AuditEntry.objects.latest("pk").data == {"fields": ["text"]}


def test_dates_that_two_people_crossed_are_refused():
    resource = ResourceFactory(starts_on=today())

    with pytest.raises(ResourceRefused, match="结束日期不能早于开始日期"):
        update_resource(
            resource=resource,
            values={"ends_on": today() - days(1)},
            by=None,
            today=today(),
        )


def test_resource_that_has_ended_is_not_changed():
    resource = ResourceFactory(ends_on=today() - days(1))

    with pytest.raises(ResourceRefused, match="已结束"):
        update_resource(resource=resource, values={}, by=None, today=today())


def test_ended_resource_is_offered_to_the_end_of_the_day():
    resource = ResourceFactory()

    end_resource(resource=resource, by=None, today=today())

    resource.refresh_from_db()
    assert resource.ends_on == today()


def test_resource_not_begun_yet_ends_with_its_first_day():
    resource = ResourceFactory(starts_on=today() + days(5))

    end_resource(resource=resource, by=None, today=today())

    resource.refresh_from_db()
    assert resource.ends_on == resource.starts_on


def test_resource_with_a_live_project_does_not_end():
    project = ServiceProjectFactory()

    with pytest.raises(ResourceRefused, match="还有服务项目"):
        end_resource(resource=project.resource, by=None, today=today())


def test_resource_whose_projects_are_closed_ends():
    project = ServiceProjectFactory(state=ServiceProject.State.DONE)

    end_resource(resource=project.resource, by=None, today=today())

    project.resource.refresh_from_db()
    assert project.resource.ends_on == today()
