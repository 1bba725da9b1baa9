"""The committee's page of units that have not reported in."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.models import Notification
from communities.models import ReportInReminder
from tests.communities.report_ins import NOW, official_of, paired
from tests.factories.communities import OrganizationReportInFactory

pytestmark = pytest.mark.django_db
MISSING = reverse("communities:report_in_missing")
REMIND = reverse("communities:report_in_remind")


@pytest.fixture(autouse=True)
def june(monkeypatch):
    """10 June 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def committee(signed_in, committee_official):
    """A person of the committee at the screen."""
    return signed_in(committee_official)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_page_names_units_and_their_state(committee):
    pairing = paired(contact_name="张示例", contact_phone="+8613800138000")
    received = paired()
    OrganizationReportInFactory(
        organization=received.organization, community=received.community, received=True
    )

    page = committee.get(MISSING).content.decode()

    assert pairing.organization.unit_name in page
    assert received.organization.unit_name not in page
    assert "138****8000" in page
    assert "没有人开通账号，请文明办先授权" in page


def test_page_names_no_person(committee):
    paired(contact_name="张示例", leader_name="李示例")

    page = committee.get(MISSING).content.decode()

    assert "张示例" not in page
    assert "李示例" not in page


def test_page_is_narrowed_by_state(committee):
    waiting = paired()
    paired()
    OrganizationReportInFactory(
        organization=waiting.organization, community=waiting.community
    )

    response = committee.get(MISSING, {"state": "submitted"})

    assert list(response.context["page"]) == [waiting]
    assert "单位已提交，不用提醒" in response.content.decode()


def test_page_renews_only_its_rows_by_htmx(committee):
    paired()

    page = committee.get(MISSING, headers={"HX-Request": "true"}).content.decode()

    assert "没有填报" in page
    assert "<h1" not in page


def test_page_says_when_nothing_is_missing(committee):
    assert "现在没有结对" in committee.get(MISSING).content.decode()
    pairing = paired()
    OrganizationReportInFactory(
        organization=pairing.organization, community=pairing.community, received=True
    )

    assert "结对单位都已报到" in committee.get(MISSING).content.decode()


def test_one_row_is_reminded(committee, committee_official):
    pairing = paired()
    official = official_of(pairing.organization)

    response = committee.post(REMIND, {"level": "contact", "pairing": pairing.pk})

    assert said(response) == ["已发出 1 条提醒。"]
    assert Notification.objects.get().recipient == official
    assert ReportInReminder.objects.get().sent_by == committee_official
    page = committee.get(MISSING).content.decode()
    assert "2026年6月10日（周三）已提醒联络员" in page
    assert "2026年6月17日（周三）起可以提醒上级" in page


def test_whole_page_is_reminded_and_the_rest_is_named(committee):
    with_account, without = paired(), paired(organization__unit_name="示例无号局")
    official_of(with_account.organization)
    sent = {"level": "contact", "pairing": [with_account.pk, without.pk]}

    response = committee.post(REMIND, sent)

    assert said(response) == [
        "已发出 1 条提醒。",
        "示例无号局：该单位还没有人开通账号，请文明办先授权。",
    ]


def test_button_for_the_page_holds_only_those_that_can_be_reminded(committee):
    with_account, _without = paired(), paired()
    official_of(with_account.organization)

    response = committee.get(MISSING)

    assert response.context["remindable"] == {"contact": [with_account.pk]}


def test_reminding_leads_back_to_the_same_filters(committee):
    pairing = paired()
    official_of(pairing.organization)
    sent = {"level": "contact", "pairing": pairing.pk, "next": f"{MISSING}?state=none"}

    assert committee.post(REMIND, sent).url == f"{MISSING}?state=none"
    elsewhere = sent | {"next": "https://example.invalid/"}
    assert committee.post(REMIND, elsewhere).url == MISSING


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"level": "nobody", "pairing": "1"},
        {"level": "contact", "pairing": "abc"},
        {"level": "contact", "pairing": "9" * 30},
        {"level": "contact", "pairing": ["1"] * 51},
    ],
    ids=["nothing", "level", "letters", "too large", "too many"],
)
def test_wrong_reminder_is_refused(committee, sent):
    response = committee.post(REMIND, sent)

    assert said(response) == ["没有可以提醒的单位，请刷新页面再试。"]


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_a_fixed_number_of_queries(
    committee, count, django_assert_num_queries
):
    for _number in range(count):
        paired()

    # Session, user, roles, coverage, streets of the filter, count, rows, accounts,
    # reminders, lead time, unread messages.
    with django_assert_num_queries(11):
        committee.get(MISSING)
