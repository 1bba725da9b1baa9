"""The office reviews what was submitted."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from campaigns.models import Activity, ReturnReason, Review
from tests.factories.campaigns import EvidenceFactory, PastActivityFactory
from tests.factories.communities import MembershipFactory
from tests.factories.reviews import ReturnFactory, ReturnReasonFactory

pytestmark = pytest.mark.django_db
QUEUE = reverse("campaigns:review_list")
State = Activity.State


@pytest.fixture
def office(signed_in, office_official):
    """A client signed in for the civilization office."""
    return signed_in(office_official)


@pytest.fixture
def activity(organization, unit_official):
    """A submitted activity."""
    return submitted(organization=organization, submitted_by=unit_official)


def submitted(hours_ago=1, **values):
    moment = timezone.now() - timedelta(hours=hours_ago)
    return PastActivityFactory(state=State.SUBMITTED, submitted_at=moment, **values)


def decide(client, activity, decision, reason="", **values):
    url = reverse("campaigns:activity_review", args=[activity.pk])
    return client.post(url, {"decision": decision, "reason": reason, **values})


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("role", ["committee", "auditor"])
def test_review_pages_are_403_to_other_roles(role, signed_in, activity):
    client = signed_in(MembershipFactory(role=role).user)

    answers = [client.get(QUEUE), decide(client, activity, "approved")]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_review_approves_and_shows_it_to_everyone(office, client, activity):
    before = client.get(activity.get_absolute_url()).status_code

    response = decide(office, activity, "approved")

    assert (response.url, said(response)) == (QUEUE, ["已通过。"])
    after = client.get(activity.get_absolute_url()).status_code
    assert (before, after) == (404, 200)


def test_review_returns_and_tells_the_reason(
    office, signed_in, activity, unit_official
):
    response = decide(office, activity, "returned", "照片不清")

    assert said(response) == ["已退回。"]
    assert Notification.objects.get().recipient == unit_official
    page = signed_in(unit_official).get(activity.get_absolute_url()).content.decode()
    assert "照片不清" in page


@pytest.mark.parametrize(
    ("decision", "reason", "field"),
    [
        pytest.param("returned", "", "reason", id="no reason"),
        pytest.param("returned", " \n", "reason", id="blank reason"),
        pytest.param("nothing", "", "decision", id="unknown decision"),
        pytest.param("", "", "decision", id="no decision"),
    ],
)
def test_review_with_an_error_stays_on_the_page(
    decision, reason, field, office, activity
):
    response = decide(office, activity, decision, reason)

    assert (response.status_code, list(response.context["review_form"].errors)) == (
        422,
        [field],
    )
    assert (Review.objects.count(), Notification.objects.count()) == (0, 0)


def test_review_of_ones_own_submission_is_403(signed_in, organization):
    both = MembershipFactory(role="unit", organization=organization).user
    MembershipFactory(user=both, role="office")
    activity = submitted(organization=organization, submitted_by=both)
    client = signed_in(both)

    page = client.get(activity.get_absolute_url()).content.decode()
    response = decide(client, activity, "approved")

    assert ('id="review"' in page, response.status_code) == (False, 403)
    assert Activity.objects.get().state == State.SUBMITTED


def test_review_decided_meanwhile_is_403(office, activity):
    decide(office, activity, "approved")

    assert decide(office, activity, "returned", "照片不清").status_code == 403


def test_review_of_what_one_created_is_403(signed_in, organization):
    both = MembershipFactory(role="unit", organization=organization).user
    MembershipFactory(user=both, role="office")
    activity = submitted(organization=organization, created_by=both)

    assert decide(signed_in(both), activity, "approved").status_code == 403


def test_review_with_a_stale_page_says_so_and_decides_nothing(office, activity):
    ReturnFactory(activity=activity)

    response = decide(office, activity, "approved", turn=0)

    assert said(response) == ["该活动修改后已重新提交，请看过新内容再审核。"]
    assert Activity.objects.get().state == State.SUBMITTED


def test_review_keeps_chosen_reasons_and_remarks_as_points(office, activity):
    photo = EvidenceFactory(activity=activity)
    late = ReturnReasonFactory(text="示例甲", field="time", position=2)
    early = ReturnReasonFactory(text="示例乙", field="deed", position=1)

    decide(
        office,
        activity,
        "returned",
        "示例丙",
        reasons=[late.pk, early.pk],
        remark_place="示例丁",
        **{f"evidence_{photo.pk}": "示例戊"},
    )

    points = Review.objects.get().points.values_list("field", "text", "evidence")
    assert list(points) == [
        ("deed", "示例乙", None),
        ("time", "示例甲", None),
        ("place", "示例丁", None),
        ("photos", "示例戊", photo.pk),
        ("other", "示例丙", None),
    ]


@pytest.mark.parametrize("field", ["reason", "remark_text", "evidence"])
def test_review_refuses_personal_numbers_in_a_remark(field, office, activity):
    if field == "evidence":
        field = f"evidence_{EvidenceFactory(activity=activity).pk}"
    remark = {"reason": "示例", field: "请打 13812345678"}

    response = decide(office, activity, "returned", **remark)

    assert (response.status_code, Review.objects.count()) == (422, 0)
    assert list(response.context["review_form"].errors) == [field]


def test_review_offers_open_reasons_in_order(office, activity):
    ReturnReason.objects.update(is_open=False)
    last = ReturnReasonFactory(position=9)
    first = ReturnReasonFactory(position=1)
    closed = ReturnReasonFactory(is_open=False)

    form = office.get(activity.get_absolute_url()).context["review_form"]

    assert list(form.fields["reasons"].queryset) == [first, last]
    refused = decide(office, activity, "returned", reasons=[closed.pk])
    assert refused.status_code == 422


def test_review_that_approves_with_remarks_is_422(office, activity):
    response = decide(office, activity, "approved", remark_title="示例")

    assert (response.status_code, Review.objects.count()) == (422, 0)
    assert "通过时不能附修改意见" in response.content.decode()


def test_review_form_is_shown_to_the_reviewer_alone(office, signed_in, activity):
    official = activity.submitted_by

    pages = [
        client.get(activity.get_absolute_url()).content.decode()
        for client in (office, signed_in(official))
    ]

    assert ['id="review"' in page for page in pages] == [True, False]
