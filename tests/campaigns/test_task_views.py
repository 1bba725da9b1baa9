"""The office's pages of tasks: list, one task, handing out, changing, ending."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Task, TaskAssignment
from tests.communities.trees import branch, committee
from tests.factories.campaigns import CampaignFactory, InitiativeFactory
from tests.factories.communities import OrganizationFactory
from tests.factories.tasks import TaskAssignmentFactory, TaskFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)
LIST, NEW = reverse("campaigns:task_list"), reverse("campaigns:task_create")


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def names(response):
    return [row.title for row in response.context["page"]]


# The list -------------------------------------------------------------------


def test_list_shows_tasks_under_way_by_due_date_then_the_rest(office):
    late = TaskFactory(due_on=TODAY + 9 * DAY)
    over = TaskFactory(state="closed", due_on=TODAY)
    soon = TaskFactory(due_on=TODAY + 2 * DAY)

    response = office.get(LIST)

    assert names(response) == [soon.title, late.title, over.title]


def test_list_counts_fulfilled_and_overdue_assignments(office):
    task = TaskFactory(due_on=TODAY - DAY)
    for state in ("fulfilled", "assigned", "in_progress", "cancelled"):
        TaskAssignmentFactory(task=task, state=state)

    text = office.get(LIST).content.decode()

    assert "已完成 1 / 3" in text
    assert "2 个逾期" in text


@pytest.mark.parametrize(
    "query",
    ["state=issued", "is_overdue=on", "text=要找的", "initiative={initiative}"],
)
def test_list_is_narrowed(office, query):
    wanted = TaskFactory(
        title="要找的任务",
        due_on=TODAY - DAY,
        initiative=InitiativeFactory(title="另一举措"),
    )
    TaskAssignmentFactory(task=wanted)
    TaskFactory(state="closed")

    query = query.format(initiative=wanted.initiative_id)
    response = office.get(f"{LIST}?{query}")

    assert names(response) == ["要找的任务"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(office, count, django_assert_num_queries):
    TaskAssignmentFactory.create_batch(count)

    with django_assert_num_queries(8):
        office.get(LIST)


def test_list_as_fragment_is_only_the_rows(office):
    TaskFactory()

    text = office.get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert "<table" in text
    assert "<html" not in text


# One task -------------------------------------------------------------------


def test_task_shows_who_is_late_in_words(office):
    row = TaskAssignmentFactory(task__due_on=TODAY - 3 * DAY)

    text = office.get(row.task.get_absolute_url()).content.decode()

    assert row.organization.name in text
    assert "逾期 3 天" in text


def test_assignments_are_narrowed_by_state(office):
    task = TaskFactory()
    done = TaskAssignmentFactory(task=task, state="fulfilled")
    TaskAssignmentFactory(task=task)

    response = office.get(f"{task.get_absolute_url()}?state=fulfilled")

    assert list(response.context["page"]) == [done]


@pytest.mark.parametrize("count", [1, 3])
def test_task_takes_a_fixed_number_of_queries(office, count, django_assert_num_queries):
    task = TaskFactory()
    TaskAssignmentFactory.create_batch(count, task=task)

    with django_assert_num_queries(10):
        office.get(task.get_absolute_url())


# Handing out ----------------------------------------------------------------


def form(**values):
    return {
        "campaign": CampaignFactory().pk,
        "initiative": InitiativeFactory().pk,
        "title": "示例任务",
        "due_on": (TODAY + 9 * DAY).isoformat(),
        "needed_count": "2",
        "text": "",
        "audience": "units",
        **values,
    }


def confirm(client, data, url=NEW):
    """Look at who gets it, then send what the page holds."""
    preview = client.post(url, data)
    sent: dict[str, list] = {"seen": [preview.context["seen"]], "step": ["issue"]}
    for name, value in preview.context["sent"]:
        sent.setdefault(name, []).append(value)
    return client.post(url, sent)


def holders():
    rows = TaskAssignment.objects.order_by("organization__path")
    return [row.organization for row in rows]


def test_preview_names_who_gets_it_and_writes_nothing(office):
    unit = committee()

    response = office.post(NEW, form())

    text = response.content.decode()
    assert "将下达给 1 个党组织" in text
    assert unit.name in text
    assert not Task.objects.exists()


def test_all_units_means_the_highest_organization_of_each(office):
    unit = committee(unit_name="示例局")
    branch(unit, unit_name="示例局")
    other = branch(unit, unit_name="下属中心")
    committee(state="suspended")

    response = confirm(office, form())

    assert holders() == [unit, other]
    assert response.url == Task.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    ("audience", "with_head"), [("subtree", True), ("children", False)]
)
def test_part_of_the_tree_is_resolved_when_confirmed(office, audience, with_head):
    head = committee()
    below = [branch(head), branch(head)]
    committee()

    confirm(office, form(audience=audience, root=head.pk))

    assert holders() == ([head] if with_head else []) + below


def test_list_hands_out_to_those_ticked(office):
    ticked, _other = OrganizationFactory.create_batch(2)

    confirm(office, form(audience="list", organizations=[ticked.pk]))

    assert holders() == [ticked]


def test_audience_that_changed_since_is_shown_again(office):
    committee()
    preview = office.post(NEW, form())
    late = committee()

    data = form(step="issue", seen=preview.context["seen"])
    response = office.post(NEW, data)

    assert not Task.objects.exists()
    assert late.name in response.content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"audience": "subtree"}, "root"),
        ({"audience": "list"}, "organizations"),
        ({"audience": "units"}, "audience"),
    ],
    ids=["no head", "nobody ticked", "nobody meant"],
)
def test_audience_without_anyone_is_refused(office, values, field):
    response = office.post(NEW, form(**values))

    assert response.status_code == 422
    assert field in response.context["audience_form"].errors


def test_past_day_is_refused(office):
    response = office.post(NEW, form(due_on=(TODAY - DAY).isoformat()))

    assert response.status_code == 422
    assert "due_on" in response.context["form"].errors


def test_search_keeps_what_was_filled_in_and_ticked(office):
    ticked, found, hidden = (
        OrganizationFactory(name=name) for name in ("甲党支部", "乙党支部", "丙党支部")
    )

    response = office.post(
        NEW, form(step="search", q="乙", organizations=[ticked.pk], title="填了一半")
    )

    assert response.status_code == 200
    listed = response.context["audience_form"].listed()
    assert [(row, is_ticked) for _key, row, is_ticked in listed] == [
        (ticked, True),
        (found, False),
    ]
    assert hidden.name not in response.content.decode().partition("task-org")[2]
    assert 'value="填了一半"' in response.content.decode()


def test_search_by_script_answers_with_the_list_alone(office):
    OrganizationFactory(name="乙党支部")

    response = office.post(
        NEW, form(step="search", q="ydzb"), headers={"HX-Request": "true"}
    )

    text = response.content.decode()
    assert "乙党支部" in text
    assert "<html" not in text


def test_more_organizations_are_offered_without_those_who_have_it(office):
    held = TaskAssignmentFactory(organization=committee())
    later = committee()
    url = reverse("campaigns:task_add", args=[held.task_id])

    confirm(office, {"audience": "units"}, url)

    assert holders() == [held.organization, later]


# Changing and ending --------------------------------------------------------


def url_of(name, row):
    return reverse(f"campaigns:{name}", args=[row.pk])


def test_due_date_is_extended(office):
    task = TaskFactory()
    url = url_of("task_edit", task)
    day = task.due_on + 7 * DAY

    office.post(
        url,
        {
            "title": task.title,
            "text": task.text,
            "due_on": day.isoformat(),
            "initial-title": task.title,
            "initial-text": task.text,
            "initial-due_on": task.due_on.isoformat(),
        },
    )

    task.refresh_from_db()
    assert task.due_on == day


@pytest.mark.parametrize(
    ("name", "state"), [("task_cancel", "cancelled"), ("task_close", "closed")]
)
def test_task_is_ended_with_a_reason(office, name, state):
    task = TaskFactory()

    missing = office.post(url_of(name, task), {"reason": ""})
    office.post(url_of(name, task), {"reason": "上级另有安排"})

    task.refresh_from_db()
    assert (missing.status_code, task.state) == (422, state)


def test_refusal_of_a_task_that_is_over_is_shown(office):
    task = TaskFactory(state="closed")

    response = office.post(url_of("task_cancel", task), {"reason": "示例"})

    assert response.status_code == 422
    assert "已结束" in response.content.decode()


def test_assignment_is_handed_to_another_organization(office):
    row = TaskAssignmentFactory()
    to = OrganizationFactory()

    response = office.post(
        url_of("assignment_reassign", row),
        {"organization": to.pk, "reason": "人手不足"},
    )

    assert response.url == row.task.get_absolute_url()
    assert row.task.assignments.open().get().organization == to


def test_unit_is_not_let_in(signed_in, unit_official):
    task = TaskFactory()
    client = signed_in(unit_official)

    assert client.get(LIST).status_code == 403
    assert client.get(task.get_absolute_url()).status_code == 404
