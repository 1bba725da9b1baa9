"""A need and a resource joined in a project, then carried out."""

import pytest
from django.utils import timezone

from accounts.models import Notification
from communities.actions.projects import (
    ProjectRefused,
    cancel_project,
    finish_project,
    plan_project,
    start_project,
)
from communities.models import Need, ServiceProject
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.communities.needs import community_official, days, official_of
from tests.factories.accounts import UserFactory
from tests.factories.needs import (
    NeedFactory,
    PublishedNeedFactory,
    ResourceFactory,
    ServiceProjectFactory,
)
from tests.threads import before_commit_of

State = ServiceProject.State


def planning(need, resource, by):
    return plan_project(
        need=need,
        resource=resource,
        title="示例项目",
        by=by,
        today=timezone.localdate(),
    )


@pytest.mark.django_db
def test_planned_project_joins_both_and_tells_the_other_side():
    need, resource = PublishedNeedFactory(), ResourceFactory()
    official, watcher = (
        official_of(resource.organization),
        community_official(need.community),
    )

    project = planning(need, resource, official)

    assert (project.need, project.resource, project.state) == (
        need,
        resource,
        State.PLANNED,
    )
    told = Notification.objects.filter(kind="project_planned")
    assert [row.recipient for row in told] == [watcher]
    verb = AuditEntry.objects.latest("pk").verb
    assert verb == "communities.service_project_created"


@pytest.mark.django_db
def test_need_and_resource_are_joined_once():
    project = ServiceProjectFactory()

    with pytest.raises(ProjectRefused, match="已经立项"):
        planning(project.need, project.resource, UserFactory())


@pytest.mark.django_db
def test_need_and_resource_of_a_cancelled_project_are_joined_anew():
    old = ServiceProjectFactory(state=State.CANCELLED)

    assert planning(old.need, old.resource, UserFactory()).pk != old.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "state", [Need.State.DRAFT, Need.State.WITHDRAWN, Need.State.CONFIRMED]
)
def test_need_that_is_not_under_way_gets_no_project(state):
    with pytest.raises(ProjectRefused, match="不能再立项"):
        planning(NeedFactory(state=state), ResourceFactory(), UserFactory())


@pytest.mark.django_db
def test_resource_that_has_ended_gets_no_project():
    resource = ResourceFactory(ends_on=timezone.localdate() - days(1))

    with pytest.raises(ProjectRefused, match="已结束提供"):
        planning(PublishedNeedFactory(), resource, UserFactory())


@pytest.mark.django_db
def test_project_runs_and_is_done_with_its_result():
    project, by = ServiceProjectFactory(), UserFactory()

    start_project(project=project, by=by)
    finish_project(project=project, result="惠及 30 户", by=by)

    project.refresh_from_db()
    assert (project.state, project.result) == (State.DONE, "惠及 30 户")


@pytest.mark.django_db
def test_project_is_not_done_without_a_result():
    project = ServiceProjectFactory(state=State.RUNNING)

    with pytest.raises(ProjectRefused, match="成效"):
        finish_project(project=project, result=" ", by=UserFactory())


@pytest.mark.django_db
def test_planned_project_is_not_done():
    with pytest.raises(MoveRefused):
        finish_project(project=ServiceProjectFactory(), result="好", by=UserFactory())


@pytest.mark.django_db
def test_project_of_a_withdrawn_need_does_not_start():
    project = ServiceProjectFactory(need=NeedFactory(state=Need.State.WITHDRAWN))

    with pytest.raises(ProjectRefused, match="已撤回"):
        start_project(project=project, by=UserFactory())


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.PLANNED, State.RUNNING])
def test_project_is_cancelled_for_a_reason(state):
    project = ServiceProjectFactory(state=state)

    cancel_project(project=project, reason="人手不够", by=UserFactory())

    project.refresh_from_db()
    assert project.state == State.CANCELLED
    assert AuditEntry.objects.latest("pk").reason == "人手不够"


@pytest.mark.django_db
def test_project_is_not_cancelled_without_a_reason():
    with pytest.raises(ProjectRefused, match="理由"):
        cancel_project(project=ServiceProjectFactory(), reason="", by=UserFactory())


@pytest.mark.django_db(transaction=True)
def test_two_who_join_the_same_two_make_one_project():
    need, resource, by = PublishedNeedFactory(), ResourceFactory(), UserFactory()

    def join():
        return planning(need, resource, by)

    with before_commit_of(join) as start:
        late = start(join)

    assert "已经立项" in str(late.exception())
    assert ServiceProject.objects.count() == 1
