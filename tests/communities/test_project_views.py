"""Pages of service projects."""

import pytest
from django.urls import reverse

from communities.models import ServiceProject
from tests.communities.needs import community_official, official_of
from tests.factories.communities import CommunityFactory
from tests.factories.needs import (
    PublishedNeedFactory,
    ResourceFactory,
    ServiceProjectFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("communities:project_list")
State = ServiceProject.State


def url(name, *rows):
    return reverse(f"communities:{name}", args=[row.pk for row in rows])


def rows_of(response):
    return list(response.context["page"])


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


@pytest.fixture
def sides(signed_in):
    """A need, a resource, and a client of each side."""
    need, resource = PublishedNeedFactory(), ResourceFactory()
    return (
        need,
        resource,
        signed_in(official_of(resource.organization)),
        signed_in(community_official(need.community)),
    )


def test_each_side_joins_a_need_and_a_resource(sides):
    need, resource, unit, community = sides
    path = url("project_create", need, resource)

    response = unit.post(path, {"title": "便民音响", "plan": "周六布置"})
    again = community.post(path, {"title": "便民音响"})

    project = ServiceProject.objects.get()
    assert (response.status_code, response.url) == (302, project.get_absolute_url())
    assert again.status_code == 422
    assert "已经立项" in again.content.decode()


def test_form_proposes_the_title_of_the_need(sides):
    need, resource, unit, _community = sides

    page = unit.get(url("project_create", need, resource)).content.decode()

    assert f'value="{need.title}"' in page


def test_personal_number_in_the_plan_is_refused(sides):
    need, resource, unit, _community = sides

    response = unit.post(
        url("project_create", need, resource),
        {"title": "便民音响", "plan": "联系13800138000"},
    )

    assert response.status_code == 422
    assert "手机号码" in response.context["form"].errors["plan"][0]


def test_project_runs_and_closes_with_its_result(signed_in):
    project = ServiceProjectFactory()
    client = signed_in(official_of(project.resource.organization))

    client.post(url("project_start", project))
    missing = client.post(url("project_finish", project), {"result": ""})
    client.post(url("project_finish", project), {"result": "惠及 30 户"})

    project.refresh_from_db()
    assert missing.status_code == 422
    assert (project.state, project.result) == (State.DONE, "惠及 30 户")


def test_project_is_cancelled_by_the_other_side_too(signed_in):
    project = ServiceProjectFactory()
    client = signed_in(community_official(project.need.community))

    client.post(url("project_cancel", project), {"reason": "改期"})

    project.refresh_from_db()
    assert project.state == State.CANCELLED


def test_refused_start_is_told(signed_in):
    project = ServiceProjectFactory(state=State.DONE)
    client = signed_in(community_official(project.need.community))

    response = client.post(url("project_start", project), follow=True)

    assert "不能改为" in response.content.decode()


def test_list_is_scoped_to_both_sides(signed_in):
    project, _other = ServiceProjectFactory.create_batch(2)
    officials = [
        official_of(project.resource.organization),
        community_official(project.need.community),
    ]

    lists = [rows_of(signed_in(user).get(LIST)) for user in officials]

    assert lists == [[project]] * 2


def test_list_is_filtered_by_state_and_words(office):
    found = ServiceProjectFactory(
        title="便民音响", state=State.RUNNING, need__community__name="湖内社区"
    )
    ServiceProjectFactory()

    lists = [
        rows_of(office.get(LIST, query))
        for query in ({"state": "running"}, {"text": "便民"}, {"text": "湖内"})
    ]

    assert lists == [[found]] * 3


def test_empty_list_says_where_projects_come_from(signed_in):
    client = signed_in(community_official(CommunityFactory()))

    page = client.get(LIST).content.decode()

    assert "还没有服务项目" in page
    assert reverse("communities:need_list") in page


def test_htmx_gets_the_rows_alone(office):
    project = ServiceProjectFactory()

    page = office.get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert project.title in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(office, django_assert_num_queries, count):
    ServiceProjectFactory.create_batch(count)

    # Session, user, roles, count, rows, versions of units and communities, unread.
    with django_assert_num_queries(8):
        office.get(LIST)
