"""Several decisions at once: first what will be done, then doing it."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.models import Activity, ReturnReason, Review
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory
from tests.factories.reviews import (
    ReturnFactory,
    ReturnReasonFactory,
    SubmittedActivityFactory,
)

pytestmark = pytest.mark.django_db
CHOSEN = reverse("campaigns:review_chosen")
QUEUE = reverse("campaigns:review_list")
State = Activity.State


@pytest.fixture
def office(signed_in, office_official):
    """A client signed in for the civilization office."""
    return signed_in(office_official)


def ticked(*activities, turn=0):
    return [f"{row.pk}-{turn}" for row in activities]


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def states():
    return list(Activity.objects.order_by("pk").values_list("state", flat=True))


def test_chosen_are_listed_first_and_nothing_is_decided(office):
    first, second = SubmittedActivityFactory.create_batch(2)

    response = office.get(
        CHOSEN, {"decision": "approved", "chosen": ticked(first, second)}
    )

    assert response.context["ready"] == [(first, 0), (second, 0)]
    assert "确认通过 2 项" in response.content.decode()
    assert states() == ["submitted", "submitted"]


def test_chosen_that_cannot_be_decided_are_named_beforehand(office, office_official):
    own = SubmittedActivityFactory(submitted_by=office_official)
    mended = SubmittedActivityFactory()
    ReturnFactory(activity=mended)

    response = office.get(
        CHOSEN, {"decision": "approved", "chosen": ticked(own, mended)}
    )

    assert response.context["ready"] == []
    assert [(row.activity, row.text[:8]) for row in response.context["refused"]] == [
        (own, "不能审核自己提交"),
        (mended, "该活动修改后已重"),
    ]
    assert "确认通过" not in response.content.decode()


def test_chosen_are_approved_and_the_queue_keeps_its_filters(office):
    rows = SubmittedActivityFactory.create_batch(2)
    data = {"decision": "approved", "chosen": ticked(*rows)}

    response = office.post(CHOSEN, data | {"back": "age=7&q=%E7%A4%BA"})

    assert (response.url, said(response)) == (
        f"{QUEUE}?age=7&q=%E7%A4%BA",
        ["已通过 2 项。"],
    )
    assert states() == ["approved", "approved"]


def test_chosen_are_returned_with_the_same_points(office):
    rows = SubmittedActivityFactory.create_batch(2)
    reason = ReturnReasonFactory(text="照片不清", field="photos")
    data = {"decision": "returned", "chosen": ticked(*rows), "reasons": [reason.pk]}

    office.post(CHOSEN, data | {"reason": "请补拍"})

    assert [review.reason for review in Review.objects.all()] == [
        "照片：照片不清；请补拍"
    ] * 2
    assert states() == ["returned", "returned"]


def test_chosen_decided_meanwhile_are_named_and_the_others_done(office):
    gone = SubmittedActivityFactory(title="示例甲", state=State.APPROVED)
    row = SubmittedActivityFactory()
    data = {"decision": "approved", "chosen": ticked(gone, row)}

    response = office.post(CHOSEN, data)

    assert said(response) == [
        "已通过 1 项。",
        "“示例甲”没有处理：该活动已不在待审核状态，请刷新页面。",
    ]
    row.refresh_from_db()
    assert row.state == State.APPROVED


def test_chosen_out_of_sight_are_left_alone(office):
    draft = ActivityFactory()

    page = office.get(CHOSEN, {"decision": "approved", "chosen": ticked(draft)})

    assert draft.title not in page.content.decode()


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"decision": "returned"}, "退回时必须写明理由"),
        ({"decision": "nothing"}, "nothing"),
        ({"chosen": []}, "还没有勾选活动"),
        ({"chosen": ["1-x"]}, "勾选的内容有误"),
        ({"chosen": [f"{n}-0" for n in range(1, 52)]}, "一次最多处理 50 项"),
    ],
    ids=["no reason", "decision", "none", "garbage", "fifty-one"],
)
def test_chosen_with_an_error_are_not_decided(values, text, office):
    data = {"decision": "approved", "chosen": ticked(SubmittedActivityFactory())}

    response = office.post(CHOSEN, data | values)

    assert (response.status_code, states()) == (422, ["submitted"])
    assert text in response.content.decode()


def test_chosen_page_without_a_choice_leads_back(office):
    page = office.get(CHOSEN, {"decision": "approved"}).content.decode()

    assert "还没有勾选活动" in page
    assert f'href="{QUEUE}"' in page


def test_chosen_page_offers_open_reasons_for_a_return_only(office):
    row = SubmittedActivityFactory()
    text = ReturnReason.objects.first().text

    pages = [
        office.get(CHOSEN, {"decision": decision, "chosen": ticked(row)})
        for decision in ("returned", "approved")
    ]

    assert [text in page.content.decode() for page in pages] == [True, False]


@pytest.mark.parametrize("role", ["committee", "unit", "auditor"])
def test_chosen_page_is_403_to_other_roles(role, signed_in, organization):
    scope = {"organization": organization} if role == "unit" else {}
    client = signed_in(MembershipFactory(role=role, **scope).user)
    data = {"decision": "approved", "chosen": ticked(SubmittedActivityFactory())}

    answers = [client.get(CHOSEN, data), client.post(CHOSEN, data)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert states() == ["submitted"]


def test_chosen_page_asks_as_much_for_three_rows_as_for_one(office):
    counts = []
    for number in (1, 3):
        rows = SubmittedActivityFactory.create_batch(number)
        data = {"decision": "approved", "chosen": ticked(*rows)}
        with CaptureQueriesContext(connection) as queries:
            office.get(CHOSEN, data)
        counts.append(len(queries))

    assert counts[0] == counts[1]
