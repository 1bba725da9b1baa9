"""The page that shows what a notice would change, and its confirmation."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions import upload_pairings
from communities.models import Pairing
from tests.communities.notices import DAY, MAY_1, WHOLE, place, source, unit
from tests.communities.registers import small_register
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import PairingFactory

pytestmark = pytest.mark.django_db

UNION, OFFICE = "区总工会", "区委办公室"
A, B, C = "湖内社区", "和平里社区", "松州村"


@pytest.fixture
def committee(signed_in, committee_official):
    small_register()
    return signed_in(committee_official)


@pytest.fixture
def held(committee):
    return PairingFactory(organization=unit(UNION), community=place(A))


def upload(by, *rows, starts_on=MAY_1):
    return upload_pairings(
        rows=source(*rows), file_name="通知.xlsx", number="测试1号",
        starts_on=starts_on, kind=WHOLE, by=by,
    )  # fmt: skip


def confirm(client, uploaded, **typed):
    url = reverse("communities:pairing_import_confirm", args=[uploaded.pk])
    return client.post(url, typed)


def fingerprint(client, uploaded):
    return client.get(uploaded.get_absolute_url()).context["plan"].fingerprint


def test_the_preview_groups_what_would_happen(committee, committee_official, held):
    PairingFactory(organization=unit(OFFICE), community=place(A), leader_name="旧")
    uploaded = upload(committee_official, (UNION, C), (OFFICE, A, "", "新领导"))

    response = committee.get(uploaded.get_absolute_url())

    labels = [str(label) for _outcome, label, _rows in response.context["groups"]]
    assert labels == ["将结束", "将变更", "将新增"]
    page = response.content.decode()
    assert "挂钩领导由“旧”改为“新领导”。" in page
    assert "2026年4月30日" in page
    assert "确认，新增 1 对、变更 1 对、结束 1 对" in page


def test_the_button_names_only_what_happens(committee, committee_official, held):
    uploaded = upload(committee_official, (UNION, A, "", "新领导"))

    page = committee.get(uploaded.get_absolute_url()).content.decode()

    assert "确认，变更 1 对" in page
    assert "新增 0 对" not in page
    assert "结束 0 对" not in page


def test_the_preview_says_why_a_pairing_is_kept_longer(
    committee, committee_official, held
):
    today = timezone.localdate()
    ActivityFactory(
        organization=held.organization,
        community=held.community,
        title="清洁家园",
        starts_at=timezone.now() - 2 * DAY,
        ends_at=timezone.now() - 2 * DAY + DAY / 24,
        state="approved",
    )
    uploaded = upload(committee_official, (UNION, B), starts_on=today - 9 * DAY)

    page = committee.get(uploaded.get_absolute_url()).content.decode()

    assert "因活动《清洁家园》保留至" in page


def test_the_preview_names_who_is_left_without_a_pairing(
    committee, committee_official, held
):
    uploaded = upload(committee_official, (OFFICE, B))

    page = committee.get(uploaded.get_absolute_url()).content.decode()

    assert "1 个单位将没有结对社区" in page
    assert "1 个社区（村）将没有结对单位" in page
    assert 'name="accepts_gaps"' in page


def test_a_preview_without_gaps_asks_for_no_tick(committee, committee_official, held):
    uploaded = upload(committee_official, (UNION, A), (UNION, B))

    page = committee.get(uploaded.get_absolute_url()).content.decode()

    assert "accepts_gaps" not in page


def test_gaps_that_are_not_ticked_are_refused(committee, committee_official, held):
    uploaded = upload(committee_official, (OFFICE, B))

    response = confirm(
        committee, uploaded, fingerprint=fingerprint(committee, uploaded)
    )

    assert response.status_code == 422
    assert "请核对名单并勾选确认" in response.content.decode()
    assert list(Pairing.objects.all()) == [held]


def test_gaps_that_are_ticked_are_published(committee, committee_official, held):
    uploaded = upload(committee_official, (OFFICE, B))

    response = confirm(
        committee,
        uploaded,
        fingerprint=fingerprint(committee, uploaded),
        accepts_gaps="on",
    )

    held.refresh_from_db()
    assert response.status_code == 302
    assert held.ends_on == MAY_1 - DAY
    assert "结束 1 对" in committee.get(response.url).content.decode()


@pytest.mark.parametrize("sent", ["old", "none", "long"])
def test_a_plan_that_was_not_looked_at_is_shown_anew(
    committee, committee_official, held, sent
):
    uploaded = upload(committee_official, (UNION, A), (UNION, C))
    seen = {
        "old": fingerprint(committee, uploaded),
        "none": "",
        "long": "x" * 500,
    }[sent]
    PairingFactory(organization=unit(OFFICE), community=place(A))

    response = confirm(committee, uploaded, fingerprint=seen)

    assert response.url == uploaded.get_absolute_url()
    assert "预览之后名册或结对有变动" in committee.get(response.url).content.decode()
    assert not Pairing.objects.filter(starts_on=MAY_1).exists()


def test_a_notice_before_a_later_one_offers_no_confirmation(
    committee, committee_official, held
):
    held.notice.starts_on = MAY_1 + DAY
    held.notice.save()
    uploaded = upload(committee_official, (UNION, B))

    page = committee.get(uploaded.get_absolute_url()).content.decode()

    assert "晚于这次的生效日期" in page
    assert "confirm/" not in page
