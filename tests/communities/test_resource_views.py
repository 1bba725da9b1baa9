"""Pages of resources."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Resource
from tests.communities.needs import community_official, days, official_of, paired_unit
from tests.factories.communities import OrganizationFactory
from tests.factories.needs import (
    PublishedNeedFactory,
    ResourceFactory,
    ServiceProjectFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("communities:resource_list")
CREATE = reverse("communities:resource_create")


def url(name, row):
    return reverse(f"communities:{name}", args=[row.pk])


def rows_of(response):
    return list(response.context["page"])


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


@pytest.fixture
def own(signed_in, organization):
    return signed_in(official_of(organization))


def typed(organization, **values):
    fields = {
        "organization": organization.pk,
        "category": "goods",
        "title": "示例音响",
        "text": "周末可借。",
        "starts_on": "2026-05-01",
    }
    return fields | values


def test_list_is_filtered_by_category_and_words(office):
    found = ResourceFactory(
        title="会议室", category="venue", organization__unit_name="区总工会"
    )
    ResourceFactory()

    lists = [
        rows_of(office.get(LIST, query))
        for query in ({"category": "venue"}, {"text": "会议"}, {"text": "总工会"})
    ]

    assert lists == [[found]] * 3


def test_list_hides_ended_resources_until_asked(office):
    ended = ResourceFactory(ends_on=timezone.localdate() - days(1))

    hidden = rows_of(office.get(LIST))
    shown = rows_of(office.get(LIST, {"is_past": "on"}))

    assert (hidden, shown) == ([], [ended])


def test_empty_list_of_a_unit_leads_to_the_form(own):
    page = own.get(LIST).content.decode()

    assert "还没有登记过资源" in page
    assert CREATE in page


def test_htmx_gets_the_rows_alone(office):
    ResourceFactory(title="示例音响")

    page = office.get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert "示例音响" in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(office, django_assert_num_queries, count):
    ResourceFactory.create_batch(count)

    # Session, user, roles, count, rows, versions, unread.
    with django_assert_num_queries(7):
        office.get(LIST)


def test_unit_offers_a_resource(own, organization):
    response = own.post(CREATE, typed(organization))

    resource = Resource.objects.get()
    assert (response.status_code, response.url) == (302, resource.get_absolute_url())
    assert resource.organization == organization


def test_resource_of_a_foreign_organisation_is_refused(own):
    response = own.post(CREATE, typed(OrganizationFactory()))

    assert response.status_code == 422
    assert not Resource.objects.exists()


@pytest.mark.parametrize("field", ["title", "text"])
def test_personal_number_is_refused_at_its_field(own, organization, field):
    response = own.post(CREATE, typed(organization, **{field: "138-0013-8000"}))

    assert response.status_code == 422
    assert "手机号码" in response.context["form"].errors[field][0]


def test_end_before_the_start_is_refused_at_its_field(own, organization):
    response = own.post(CREATE, typed(organization, ends_on="2026-04-30"))

    assert response.status_code == 422
    assert "ends_on" in response.context["form"].errors


def test_unit_changes_its_resource(own, organization):
    resource = ResourceFactory(organization=organization, text="旧")
    fields = typed(organization, title=resource.title, text="新")

    own.post(url("resource_edit", resource), fields | {"initial-text": "旧"})

    resource.refresh_from_db()
    assert resource.text == "新"


def test_unit_ends_its_resource(own, organization):
    resource = ResourceFactory(organization=organization)

    own.post(url("resource_end", resource))

    resource.refresh_from_db()
    assert resource.ends_on == timezone.localdate()


def test_resource_in_use_is_not_ended_and_the_page_says_so(own, organization):
    project = ServiceProjectFactory(resource__organization=organization)

    response = own.post(url("resource_end", project.resource), follow=True)

    assert "还有服务项目" in response.content.decode()


def test_page_suggests_needs_with_the_reason(signed_in, community):
    need = PublishedNeedFactory(community=community, title="借音响")
    organization, official = paired_unit(community)
    resource = ResourceFactory(organization=organization)

    page = signed_in(official).get(resource.get_absolute_url()).content.decode()

    assert "借音响" in page
    assert "结对社区" in page
    assert reverse("communities:project_create", args=[need.pk, resource.pk]) in page


def test_community_sees_a_resource_without_changing_it(signed_in, community):
    resource = ResourceFactory()
    client = signed_in(community_official(community))

    page = client.get(resource.get_absolute_url()).content.decode()

    assert url("resource_edit", resource) not in page
    assert client.post(url("resource_end", resource)).status_code == 403
