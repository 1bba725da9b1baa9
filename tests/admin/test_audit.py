"""The audit log in words, with its filters."""

import pytest

from campaigns.models import Activity
from communities.admin_verbs import verb_label
from core import audit
from core.models import AuditEntry
from tests.admin.pages import admin_url
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import CommunityFactory, PairingFactory

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
