"""Pages of assignments for organisations, on their own and on an activity's page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import TaskLink
from campaigns.queries.tasks import desk_tasks
from tests.communities.trees import branch, committee
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory
from tests.factories.tasks import TaskAssignmentFactory, TaskFactory, TaskLinkFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)
LIST = reverse("campaigns:assignment_list")


@pytest.fixture
def client(signed_in, unit_official):
    return signed_in(unit_official)


@pytest.fixture
def assignment(organization):
    return TaskAssignmentFactory(organization=organization)


def own_activity(assignment, **values):
    return ActivityFactory(
        organization=assignment.organization,
        campaign=assignment.task.campaign,
        initiative=assignment.task.initiative,
        **values,
    )


def post(client, name, assignment, *args, **data):
    url = reverse(f"campaigns:{name}", args=[assignment.pk, *args])
    return client.post(url, data, follow=True)


# The list -------------------------------------------------------------------


def due(organization, days, **values):
    return TaskAssignmentFactory(
        organization=organization, task__due_on=TODAY + days * DAY, **values
    )


def test_open_assignments_come_by_due_date_then_the_rest(client, organization):
    late = due(organization, 9)
    done = due(organization, 1, state="fulfilled")
    overdue = due(organization, -2)
    TaskAssignmentFactory()

    response = client.get(LIST)

    assert list(response.context["page"]) == [overdue, late, done]
    assert "逾期 2 天" in response.content.decode()


@pytest.mark.parametrize(
    ("state", "wanted"),
    [("open", {0, 1}), ("overdue", {0}), ("fulfilled", {2}), ("over", {3})],
)
def test_list_is_narrowed_by_state(client, organization, state, wanted):
    rows = [
        due(organization, -1),
        due(organization, 1),
        due(organization, 1, state="fulfilled"),
        due(organization, 1, state="cancelled"),
    ]

    response = client.get(f"{LIST}?state={state}")

    assert set(response.context["page"]) == {rows[number] for number in wanted}


@pytest.mark.parametrize(("whose", "is_own"), [("own", True), ("below", False)])
def test_own_assignments_are_told_from_those_below(signed_in, whose, is_own):
    above = committee()
    rows = {
        True: TaskAssignmentFactory(organization=above),
        False: TaskAssignmentFactory(organization=branch(above)),
    }
    official = MembershipFactory(role="unit", organization=above).user

    response = signed_in(official).get(f"{LIST}?whose={whose}")

    assert list(response.context["page"]) == [rows[is_own]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(
    client, organization, count, django_assert_num_queries
):
    TaskAssignmentFactory.create_batch(count, organization=organization)

    with django_assert_num_queries(8):
        client.get(LIST)


# One assignment -------------------------------------------------------------


def test_page_says_what_is_asked_and_how_long_there_is(client, assignment):
    initiative = assignment.task.initiative
    initiative.evidence_hint = "签到表一张"
    initiative.save()

    text = client.get(assignment.get_absolute_url()).content.decode()

    assert "还剩 10 天" in text
    assert "签到表一张" in text
    assert "还差 1 场" in text
    wanted = f"?initiative={initiative.pk}&amp;assignment={assignment.pk}"
    assert wanted in text


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_a_fixed_number_of_queries(
    client, assignment, count, django_assert_num_queries
):
    TaskLinkFactory.create_batch(count, assignment=assignment)

    with django_assert_num_queries(14):
        client.get(assignment.get_absolute_url())


def test_progress_is_reported(client, assignment):
    response = post(client, "assignment_report", assignment, text="已排期")

    assert "已排期" in response.content.decode()


def test_blank_progress_comes_back(client, assignment):
    response = post(client, "assignment_report", assignment, text="")

    assert response.status_code == 422
    assert response.context["report_form"].errors


def test_progress_without_personal_numbers(client, assignment):
    response = post(client, "assignment_report", assignment, text="找13800138000")

    assert response.status_code == 422


def test_activity_is_given_and_taken_back(client, assignment):
    activity = own_activity(assignment)

    post(client, "assignment_link", assignment, activity=activity.pk)
    assert TaskLink.objects.get().activity == activity

    post(client, "assignment_unlink", assignment, activity.pk)
    assert not TaskLink.objects.exists()


def test_foreign_activity_cannot_be_chosen(client, assignment):
    foreign = ActivityFactory(initiative=assignment.task.initiative)

    response = post(client, "assignment_link", assignment, activity=foreign.pk)

    assert response.status_code == 422
    assert not TaskLink.objects.exists()


def test_refusal_says_what_is_missing(client, assignment):
    response = post(client, "assignment_fulfil", assignment)

    assert "还差 1 场活动" in response.content.decode()


def test_assignment_is_fulfilled(client, assignment):
    TaskLinkFactory(assignment=assignment)

    post(client, "assignment_fulfil", assignment)

    assignment.refresh_from_db()
    assert assignment.state == "fulfilled"


def test_official_below_only_looks_at_what_is_above(signed_in):
    above = committee()
    row = TaskAssignmentFactory(organization=above)
    below = MembershipFactory(role="unit", organization=branch(above)).user

    assert signed_in(below).get(row.get_absolute_url()).status_code == 404


def test_office_looks_and_does_not_report(signed_in, office_official, assignment):
    client = signed_in(office_official)

    page = client.get(assignment.get_absolute_url())

    assert "改派" in page.content.decode()
    assert "report_form" not in page.context
    assert post(client, "assignment_fulfil", assignment).status_code == 403


def test_page_of_a_predecessor_leads_to_who_goes_on(client, assignment):
    new = TaskAssignmentFactory(task=assignment.task)
    assignment.move_to("reassigned", by=None, continued_by=new)

    page = client.get(assignment.get_absolute_url())

    assert f"已由{new.organization}承接" in page.content.decode()
    assert "report_form" not in page.context


# On an activity's page ------------------------------------------------------


def test_activity_shows_the_tasks_it_is_given_for(client, assignment):
    link = TaskLinkFactory(assignment=assignment)

    text = client.get(link.activity.get_absolute_url()).content.decode()

    assert assignment.task.title in text


def test_tasks_of_an_activity_are_not_for_everyone(signed_in, stranger, assignment):
    link = TaskLinkFactory(assignment=assignment)

    text = signed_in(stranger).get(link.activity.get_absolute_url()).content.decode()

    assert assignment.task.title not in text


def test_recorder_gives_the_activity_for_an_open_task(client, assignment):
    activity = own_activity(assignment)
    TaskAssignmentFactory(
        organization=assignment.organization, task__initiative__title="其他举措"
    )

    page = client.get(activity.get_absolute_url())
    offered = list(page.context["give_form"].fields["assignment"].queryset)
    url = reverse("campaigns:activity_give", args=[activity.pk])
    client.post(url, {"assignment": assignment.pk})

    assert offered == [assignment]
    assert activity.task_links.get().assignment == assignment


def test_without_a_fitting_task_no_form_is_shown(client, organization):
    activity = ActivityFactory(organization=organization)

    page = client.get(activity.get_absolute_url())

    assert "give_form" not in page.context


# The desk -------------------------------------------------------------------


def test_desk_of_an_organization_starts_with_what_is_overdue(
    unit_official, organization
):
    later, overdue = due(organization, 3), due(organization, -1)
    due(organization, 1, state="fulfilled")
    TaskAssignmentFactory()

    tasks = desk_tasks(unit_official, today=TODAY)

    assert tasks["open"] == [overdue, later]
    assert (tasks["open_count"], tasks["overdue_count"]) == (2, 1)


def test_desk_of_an_issuer_counts_what_is_late(office_official):
    late = TaskFactory(due_on=TODAY - DAY)
    TaskAssignmentFactory.create_batch(2, task=late)
    TaskAssignmentFactory(task=late, state="fulfilled")
    TaskAssignmentFactory()

    tasks = desk_tasks(office_official, today=TODAY)

    assert tasks["late"] == [late]
    counts = ("late_count", "late_assignment_count", "issued_count")
    assert [tasks[name] for name in counts] == [1, 2, 2]


def test_desk_shows_nothing_to_those_without_tasks(stranger):
    assert desk_tasks(stranger, today=TODAY) is None


@pytest.mark.parametrize("count", [1, 3])
def test_desk_takes_a_fixed_number_of_queries(
    unit_official, organization, count, django_assert_num_queries
):
    TaskAssignmentFactory.create_batch(count, organization=organization)

    with django_assert_num_queries(6):
        desk_tasks(unit_official, today=TODAY)


# What others have not made public --------------------------------------------


def test_draft_given_for_an_assignment_is_not_named_to_the_office(
    assignment, client, office_official, signed_in
):
    draft = own_activity(assignment, title="示例未交活动")
    TaskLinkFactory(assignment=assignment, activity=draft)
    url = assignment.get_absolute_url()

    pages = [reader.get(url) for reader in (client, signed_in(office_official))]

    assert ["示例未交活动" in page.content.decode() for page in pages] == [True, False]
    assert "未公开的活动" in pages[1].content.decode()


def test_draft_of_a_predecessor_is_not_named_to_who_has_it_now(assignment, client):
    before = TaskAssignmentFactory(
        task=assignment.task, state="reassigned", continued_by=assignment
    )
    TaskLinkFactory(
        assignment=before, activity=own_activity(before, title="示例他人草稿")
    )

    page = client.get(assignment.get_absolute_url()).content.decode()

    assert ("示例他人草稿" in page, "未公开的活动" in page) == (False, True)
