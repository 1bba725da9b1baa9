"""The audit log in words, with its filters."""

import pytest

from campaigns.models import Activity
from communities.admin_verbs import verb_label
from core import audit
from core.models import AuditEntry
from tests.admin.pages import admin_url
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    CommunityFactory,
    MemberReportInFactory,
    PairingFactory,
)
from tests.factories.volunteers import SignupFactory

LABEL = "core.AuditEntry"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "label"),
    [
        ("campaigns.activity_approved", "活动：已通过"),
        ("campaigns.evidence_added", "佐证：添加"),
        ("communities.need_in_progress", "需求：进行中"),
        ("communities.need_claim_withdrawn", "需求认领：已放弃"),
        ("communities.organization_created", "党组织：新建"),
        ("communities.pairing_restored", "结对：恢复"),
        ("communities.pairing_notice_withdrawn", "结对通知：已撤回"),
        ("communities.membership_granted", "角色授权：授予"),
        ("accounts.user_deactivated", "人员：停用"),
        ("campaigns.whistle_contact_seen", "吹哨：查看居民联系方式"),
        ("campaigns.whistle_contact_erased", "吹哨：清除居民联系方式"),
        ("campaigns.whistle_response_reminded", "吹哨响应：提醒"),
        ("reports.exported", "报表：导出"),
        ("volunteers.signup_no_show", "报名：已结算"),
        ("volunteers.signup_excused", "报名：已结算"),
        ("campaigns.unknown_thing", "campaigns.unknown_thing"),
        ("nonsense", "nonsense"),
    ],
)
def test_verb_label_speaks_chinese(verb, label):
    assert verb_label(verb) == label


@pytest.fixture
def three_entries():
    activity = ActivityFactory(state=Activity.State.SUBMITTED)
    activity.move_to(Activity.State.RETURNED, by=UserFactory(), reason="照片不清")
    audit.record("communities.community_created", target=CommunityFactory(), by=None)
    audit.record("accounts.user_changed", target=UserFactory(), by=None)


@pytest.mark.parametrize(
    ("query", "verb"),
    [
        ({"act": "moved"}, "campaigns.activity_returned"),
        ({"act": "changed"}, "accounts.user_changed"),
        ({"type": "communities.Community"}, "communities.community_created"),
    ],
)
@pytest.mark.usefixtures("three_entries")
def test_list_filters_by_act_and_type(query, verb, client_of):
    # The factories write lines of their own for the organisations they make.
    ours = AuditEntry.objects.exclude(target_type="communities.Organization")

    response = client_of("auditor").get(admin_url(LABEL, "changelist"), query)

    found = response.context["cl"].queryset.filter(pk__in=ours)
    assert [row.verb for row in found] == [verb]


@pytest.mark.usefixtures("three_entries")
def test_list_is_not_filtered_by_any_other_word(client_of):
    everything = client_of("auditor").get(admin_url(LABEL, "changelist"))

    asked = client_of("auditor").get(admin_url(LABEL, "changelist"), {"act": "no_show"})

    counts = [page.context["cl"].queryset.count() for page in (everything, asked)]
    assert counts[0] == counts[1] > 3


@pytest.mark.usefixtures("three_entries")
def test_list_filters_by_time(client_of):
    response = client_of("auditor").get(
        admin_url(LABEL, "changelist"),
        {"at__from": "2021-02-01", "at__until": "2021-03-01"},
    )

    assert list(response.context["cl"].queryset) == []


@pytest.mark.usefixtures("three_entries")
def test_entry_shows_the_reason(client_of):
    entry = AuditEntry.objects.get(verb="campaigns.activity_returned")

    page = client_of("auditor").get(admin_url(LABEL, "change", entry.pk))

    assert "照片不清" in page.content.decode()


def test_history_of_a_record_is_its_page_of_the_log(client_of):
    user = UserFactory()

    response = client_of("office").get(admin_url("accounts.User", "history", user.pk))

    assert response["Location"] == f"/audit/accounts.User/{user.pk}/"


def test_history_is_not_for_those_who_do_not_read_the_log(client_of):
    pairing = PairingFactory()
    client = client_of("committee")

    response = client.get(admin_url("communities.Pairing", "history", pairing.pk))

    page = client.get(admin_url("communities.Pairing", "change", pairing.pk))
    assert response.status_code == 403
    assert "historylink" not in page.content.decode()


def test_entry_of_a_signup_says_not_who_did_not_come(client_of):
    signup = SignupFactory(state="confirmed")
    signup.move_to("no_show", by=None)
    entry = AuditEntry.objects.get(verb="volunteers.signup_no_show")
    client = client_of("office")

    in_admin = client.get(admin_url(LABEL, "change", entry.pk))
    text = client.get(f"/audit/volunteers.Signup/{signup.pk}/").content.decode()

    assert in_admin.status_code == 404
    assert "已结算" in text
    assert "未到" not in text
    assert "no_show" not in text


@pytest.mark.parametrize(("role", "shown"), [("office", "张示范"), ("auditor", "张**")])
def test_list_names_people_without_an_office_to_the_office_only(role, shown, client_of):
    person = UserFactory(display_name="张示范")
    audit.record("volunteers.signup_added", target=SignupFactory(), by=person)
    audit.record("accounts.user_changed", target=person, by=None)
    client, page = client_of(role), admin_url(LABEL, "changelist")

    everything = client.get(page).content.decode()
    found = client.get(page, {"q": "张示范"}).context["cl"].queryset

    assert everything.count(shown) == 2
    assert ("张示范" in everything) == (role == "office")
    assert found.exists() == (role == "office")


@pytest.mark.parametrize("role", ["office", "auditor"])
def test_log_names_nobody_who_reported_in(role, client_of):
    person = UserFactory(display_name="张示范")
    report_in = MemberReportInFactory(user=person)
    audit.record("communities.member_report_in_submitted", target=report_in, by=person)
    client = client_of(role)

    pages = [
        client.get(address, query)
        for address in (admin_url(LABEL, "changelist"), "/audit/")
        for query in ({}, {"q": "张示范", "who": "张示范"})
    ]

    texts = [page.content.decode().replace('value="张示范"', "") for page in pages]
    assert not any("张示范" in text for text in texts)
    assert ["张**" in text for text in texts] == [True, False, True, False]
