"""Choosing what to record, and what then stands in the form."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from campaigns.models import Activity, TaskLink
from campaigns.queries.starts import Start, initial_of
from tests.factories.accounts import UserFactory
from tests.factories.activities import (
    ActivityPartnerFactory,
    ActivityTemplateFactory,
    DeedFactory,
    StudySessionFactory,
)
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
    InitiativeFactory,
    PillarFactory,
)
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.tasks import TaskAssignmentFactory

pytestmark = pytest.mark.django_db
CHOOSE = reverse("campaigns:activity_choose")
NEW = reverse("campaigns:activity_create")
NOW = datetime(2026, 5, 3, 1, 20, tzinfo=UTC)  # 09:20 in Beijing


@pytest.fixture
def desk(signed_in, unit_official):
    return signed_in(unit_official)


def initial(client, **query):
    form = client.get(NEW, query).context["form"]
    return form.initial


def test_choose_offers_open_initiatives_with_open_templates(desk):
    template = ActivityTemplateFactory()
    ActivityTemplateFactory(initiative=template.initiative, is_open=False)
    closed = InitiativeFactory(title="停用的举措", is_open=False)
    ActivityTemplateFactory(initiative=closed)

    response = desk.get(CHOOSE)

    offered = {row.pk: row.open_templates for row in response.context["initiatives"]}
    assert offered[template.initiative_id] == [template]
    assert closed.pk not in offered
    page = response.content.decode()
    link = f"{NEW}?initiative={template.initiative_id}&amp;template={template.pk}"
    assert (link in page, "停用的举措" in page) == (True, False)


def test_choose_says_what_an_initiative_wants(desk):
    InitiativeFactory(
        title="示例宣讲",
        photos_wanted=3,
        wants_document=True,
        wants_participant_count=True,
        evidence_hint="横幅照片一张",
    )

    page = desk.get(CHOOSE).content.decode()

    wishes = ["照片至少 3 张", "须附文件", "须填参加人数", "横幅照片一张"]
    assert [wish in page for wish in wishes] == [True] * 4


def test_choose_shows_the_tasks_still_to_do(desk, organization):
    due = TaskAssignmentFactory(organization=organization)
    TaskAssignmentFactory(organization=organization, state="fulfilled")
    TaskAssignmentFactory()

    response = desk.get(CHOOSE)

    assert response.context["assignments"] == [due]
    assert f"{NEW}?assignment={due.pk}" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_choose_asks_a_fixed_number_of_queries(
    count, desk, organization, django_assert_num_queries
):
    for number in range(count):
        ActivityTemplateFactory(initiative__title=f"示例举措{number}")
        TaskAssignmentFactory(organization=organization)

    with django_assert_num_queries(8):
        desk.get(CHOOSE)


def test_template_fills_words_and_the_next_full_hour():
    template = ActivityTemplateFactory(duration_minutes=90)

    held = initial_of(Start(template=template), user=UserFactory(), now=NOW)

    assert (held["title"], held["place"], held["text"], held["initiative"]) == (
        "示例主题活动",
        "示例会议室",
        "示例说明模板",
        template.initiative_id,
    )
    times = [held[name].isoformat() for name in ("starts_at", "ends_at")]
    assert times == ["2026-05-03T10:00:00+08:00", "2026-05-03T11:30:00+08:00"]


def test_copy_takes_everything_but_days_people_and_photos(desk, organization):
    old = CampaignFactory(title="示例旧行动", state="frozen")
    current = CampaignFactory()
    source = ActivityFactory(
        organization=organization,
        campaign=old,
        state="approved",
        second_pillar=PillarFactory(code="family"),
        participant_count=30,
        contact_name="示例联系人",
        contact_phone="13800001234",
        insurance="示例保险",
        is_public=False,
    )
    source.leaders.add(UserFactory())
    EvidenceFactory(activity=source)
    ActivityPartnerFactory(activity=source, state="confirmed")

    held = initial(desk, copy=source.pk)

    names = ["title", "place", "text", "insurance", "is_public", "community"]
    assert [held[name] for name in names] == [
        source.title,
        source.place,
        source.text,
        "示例保险",
        False,
        source.community_id,
    ]
    assert (held["second_pillar"], held["organization"], held["campaign"]) == (
        source.second_pillar_id,
        organization.pk,
        current.pk,
    )
    left_out = {
        "starts_at",
        "ends_at",
        "participant_count",
        "contact_name",
        "contact_phone",
    }
    assert [name for name in left_out if held.get(name)] == []


def test_copy_of_a_study_session_takes_the_topic_and_nobody(desk, organization):
    study = StudySessionFactory(activity__organization=organization)

    held = initial(desk, copy=study.activity_id)

    assert (held["topic"], held.get("host"), held.get("names")) == (
        "示例学习主题",
        None,
        None,
    )


def test_copy_of_a_deed_takes_the_promise_without_its_day(desk, organization):
    deed = DeedFactory(activity__organization=organization)

    held = initial(desk, copy=deed.activity_id)

    assert (held["promise"], held.get("promised_for")) == ("示例承诺", None)


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_copy_of_what_one_may_not_see_is_empty(state, desk):
    other = ActivityFactory(state=state, is_public=False, title="别家的活动")

    assert "title" not in initial(desk, copy=other.pk)


def test_copy_is_offered_to_who_records_it_alone(client, desk, organization):
    activity = ActivityFactory(organization=organization, state="approved")

    pages = [
        reader.get(activity.get_absolute_url()).content.decode()
        for reader in (client, desk)
    ]

    link = f"{NEW}?copy={activity.pk}"
    assert [link in page for page in pages] == [False, True]


@pytest.mark.parametrize("name", ["initiative", "template", "assignment", "copy"])
@pytest.mark.parametrize("value", ["abc", "-1", "9" * 40, "1e9", "%"])
def test_start_from_nonsense_is_an_empty_form(name, value, desk):
    assert set(initial(desk, **{name: value})) <= {"campaign"}


def test_start_from_a_foreign_assignment_is_an_empty_form(desk):
    foreign = TaskAssignmentFactory()

    assert "initiative" not in initial(desk, assignment=foreign.pk)


def filled(assignment, **values):
    return {
        "organization": assignment.organization_id,
        "campaign": assignment.task.campaign_id,
        "initiative": assignment.task.initiative_id,
        "title": "清洁家园",
        "starts_at": "2026-05-03T09:00",
        "ends_at": "2026-05-03T11:00",
        "place": "示例广场",
        "risk": "low",
        **values,
    }


def test_activity_recorded_for_a_task_is_linked_to_it(desk, organization):
    assignment = TaskAssignmentFactory(organization=organization)
    url = f"{NEW}?assignment={assignment.pk}"
    held = initial(desk, assignment=assignment.pk)

    desk.post(url, filled(assignment))

    assert (held["initiative"], held["organization"]) == (
        assignment.task.initiative_id,
        organization.pk,
    )
    link = TaskLink.objects.get()
    assert (link.assignment, link.activity) == (assignment, Activity.objects.get())


def test_activity_that_does_not_fit_the_task_is_saved_and_says_so(desk, organization):
    assignment = TaskAssignmentFactory(organization=organization)
    other = InitiativeFactory(title="别的举措")
    url = f"{NEW}?assignment={assignment.pk}"

    response = desk.post(url, filled(assignment, initiative=other.pk), follow=True)

    assert (Activity.objects.count(), TaskLink.objects.count()) == (1, 0)
    assert "没有关联到任务" in response.content.decode()


def test_frozen_campaign_is_offered_as_late_and_the_current_one_first(desk):
    CampaignFactory(title="示例旧行动", state="frozen")
    current = CampaignFactory()

    form = desk.get(NEW).context["form"]

    labels = [label for _pk, label in form.fields["campaign"].choices]
    assert labels == [current.title, "示例旧行动（已冻结，计入补充台账）"]
    assert (form["campaign"].value(), form.is_late()) == (current.pk, False)


def test_late_record_says_so_on_the_form_and_on_its_page(desk, organization):
    old = CampaignFactory(title="示例旧行动", state="frozen")
    assignment = TaskAssignmentFactory(organization=organization)
    typed = filled(assignment, campaign=old.pk)

    refused = desk.post(NEW, {**typed, "title": ""}).content.decode()
    desk.post(NEW, typed)

    page = desk.get(Activity.objects.get().get_absolute_url()).content.decode()
    assert ("所选行动已冻结" in refused, "补充台账" in page) == (True, True)


def test_choose_is_403_to_who_does_not_record(signed_in):
    people = [UserFactory(), MembershipFactory(role="office").user]

    statuses = [signed_in(user).get(CHOOSE).status_code for user in people]

    assert statuses == [403, 403]


def test_organization_that_one_does_not_record_for_is_not_copied(desk):
    other = ActivityFactory(organization=OrganizationFactory(), state="approved")

    held = initial(desk, copy=other.pk)

    assert (held["title"], "organization" in held) == (other.title, False)
