"""The office's queue: what it holds, narrowed, in order, on the page and the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity, ActivityPartner
from campaigns.queries.review_queue import (
    filtered_queue,
    mark_duplicates,
    queue_of,
    queue_rows,
)
from campaigns.queries.reviews import desk_reviews
from tests.communities.trees import Kind, change
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    CampaignFactory,
    EvidenceFactory,
    InitiativeFactory,
    PastActivityFactory,
    PillarFactory,
)
from tests.factories.communities import OrganizationFactory
from tests.factories.reviews import ReturnFactory, SubmittedActivityFactory

pytestmark = pytest.mark.django_db
QUEUE = reverse("campaigns:review_list")
TODAY = timezone.localdate


@pytest.fixture
def office(signed_in, office_official):
    """A client signed in for the civilization office."""
    return signed_in(office_official)


def waiting(days=0, **values):
    moment = timezone.now() - timedelta(days=days)
    return SubmittedActivityFactory(submitted_at=moment, **values)


def joint(activity, organization, state=ActivityPartner.State.CONFIRMED):
    return ActivityPartner.objects.create(
        activity=activity,
        organization=organization,
        state=state,
        invited_by=UserFactory(),
    )


def found(user, **filters):
    return list(filtered_queue(queue_of(user), today=TODAY(), **filters))


# What it holds --------------------------------------------------------------


def test_queue_holds_what_waits_the_longest_waiting_first(office_official):
    late, early = waiting(1), waiting(2)
    PastActivityFactory(state=Activity.State.APPROVED)

    assert found(office_official) == [early, late]
    assert found(office_official, order="newest") == [late, early]


def test_queue_finds_an_organisation_by_pinyin_with_all_below_it(office_official):
    above = OrganizationFactory(name="示例桥南总支", kind="general_branch")
    below = OrganizationFactory(parent=above)
    rows = [waiting(2, organization=above), waiting(1, organization=below)]
    waiting()

    assert found(office_official, organization=above.initials.upper()) == rows
    assert found(office_official, organization="桥南") == rows


def test_queue_finds_an_organisation_by_a_name_it_bore(office_official):
    row = waiting(organization=OrganizationFactory(name="示例老名支部"))
    change(row.organization, Kind.RENAME, TODAY(), name="示例今名支部")

    assert found(office_official, organization="老名") == [row]


@pytest.mark.parametrize(
    ("state", "is_found"), [("confirmed", True), ("invited", False)], ids=str
)
def test_queue_finds_a_joint_activity_by_its_partner(state, is_found, office_official):
    row = waiting()
    joint(row, OrganizationFactory(name="示例联办支部"), state)

    assert found(office_official, organization="联办") == [row][: int(is_found)]
    assert found(office_official, only_joint=True) == [row][: int(is_found)]


def test_queue_is_narrowed_by_what_the_work_belongs_to(office_official):
    pillar = PillarFactory(code="family")
    initiative = InitiativeFactory(pillar=pillar, title="示例家庭举措")
    campaign = CampaignFactory(title="示例冻结行动", state="frozen")
    row = waiting(3, pillar=pillar, initiative=initiative)
    second = waiting(2, second_pillar=pillar)
    late = waiting(1, campaign=campaign, in_addendum=True)

    assert found(office_official, pillar=pillar) == [row, second]
    assert found(office_official, initiative=initiative) == [row]
    assert found(office_official, campaign=campaign) == [late]
    assert found(office_official, only_addendum=True) == [late]
    assert found(office_official, q=second.title) == [second]


@pytest.mark.parametrize("age", [3, 7, 15])
def test_queue_by_age_holds_what_has_waited_longer(age, office_official):
    waiting(age)
    row = waiting(age + 1)

    assert found(office_official, age=age) == [row]
    [shown] = queue_rows(found(office_official, age=age), today=TODAY())
    assert shown.waiting_days == age + 1


def test_queue_counts_photos_and_submissions_apart(office_official):
    row = waiting()
    EvidenceFactory.create_batch(2, activity=row)
    EvidenceFactory(activity=row, file__kind="document")
    ReturnFactory.create_batch(3, activity=row)

    [shown] = found(office_official)

    assert (shown.photo_count, shown.turn) == (2, 3)


def test_queue_shows_the_name_of_the_day(office_official):
    row = waiting(organization=OrganizationFactory(name="示例老名支部"))
    change(row.organization, Kind.RENAME, TODAY(), name="示例今名支部")

    [shown] = queue_rows(found(office_official), today=TODAY())

    assert shown.organization_then.name == "示例老名支部"


@pytest.mark.parametrize("same", ["sha256", "source_sha256"])
def test_queue_marks_a_photo_used_before(same, office_official):
    plain, row = waiting(2), waiting(1)
    EvidenceFactory(activity=plain)
    hash_of_file = {f"file__{same}": "a" * 64}
    EvidenceFactory(**hash_of_file)
    EvidenceFactory(activity=row, **hash_of_file)
    rows = found(office_official)

    mark_duplicates(rows, office_official)

    assert [row.has_duplicates for row in rows] == [False, True]


# The page -------------------------------------------------------------------


def test_review_list_says_how_long_and_how_often(office):
    ReturnFactory(activity=waiting(8))
    waiting()

    page = office.get(QUEUE).content.decode()

    assert all(words in page for words in ("已等 8 天", "第 2 次提交", "今天提交"))
    assert "第 1 次提交" not in page


def test_review_list_narrows_by_its_address_and_keeps_the_filters(office):
    row = waiting(9)
    waiting()

    response = office.get(QUEUE, {"age": "7", "order": "newest"})

    assert list(response.context["page"]) == [row]
    page = response.content.decode()
    assert '<option value="7" selected>' in page
    assert 'name="back" value="age=7&amp;order=newest"' in page


def test_review_list_answers_htmx_with_the_rows_alone(office):
    row = waiting()

    response = office.get(QUEUE, headers={"HX-Request": "true"})

    assert response.templates[0].name == "campaigns/_review_rows.html"
    assert row.title in response.content.decode()


def test_review_list_says_why_it_is_empty(office):
    empty = office.get(QUEUE).content.decode()
    waiting()
    none_found = office.get(QUEUE, {"age": "15"}).content.decode()

    assert "没有等待审核的活动" in empty
    assert "没有符合条件的活动" in none_found


def test_review_list_offers_no_tick_for_ones_own(office, office_official):
    own = waiting(submitted_by=office_official)

    page = office.get(QUEUE).content.decode()

    assert own.title in page
    assert 'name="chosen"' not in page


def test_review_list_asks_as_much_for_three_rows_as_for_one(office):
    def full_row():
        row = waiting(submitted_by=UserFactory())
        EvidenceFactory(activity=row)
        ReturnFactory(activity=row)
        joint(row, OrganizationFactory())

    counts = []
    for more in (1, 2):
        for _row in range(more):
            full_row()
        with CaptureQueriesContext(connection) as queries:
            office.get(QUEUE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


# The desk -------------------------------------------------------------------


def test_desk_counts_by_age_and_names_the_five_oldest(office_official):
    rows = [waiting(days) for days in (20, 9, 8, 4, 2, 1)]

    desk = desk_reviews(office_official, today=TODAY())

    assert (desk["total"], desk["ages"]) == (6, [(3, 4), (7, 3), (15, 1)])
    assert desk["oldest"] == rows[:5]


def test_desk_is_nothing_to_those_who_do_not_review(committee_official):
    waiting()

    assert desk_reviews(committee_official, today=TODAY()) is None


@pytest.mark.parametrize("count", [1, 3])
def test_desk_asks_a_fixed_number_of_queries(
    count, office_official, django_assert_num_queries
):
    for _row in range(count):
        waiting()

    with django_assert_num_queries(7):
        desk_reviews(office_official, today=TODAY())
