"""The pages of units' report-ins, for the unit and for the community."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from communities.actions.history import keep_version
from communities.models import OrganizationReportIn
from tests.communities.report_ins import NOW, VALUES, official_in, official_of, paired
from tests.factories.communities import (
    MembershipFactory,
    OrganizationReportInFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("communities:report_in_list")
FILLED = VALUES | {"contact_phone": "138 0013 8000"}
FULL, MASKED = "13800138000", "138****8000"


@pytest.fixture(autouse=True)
def june(monkeypatch):
    """10 June 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def pairing(db):
    """A unit paired with a community."""
    return paired()


@pytest.fixture
def unit(signed_in, pairing):
    """The unit's official at the screen."""
    return signed_in(official_of(pairing.organization))


@pytest.fixture
def signer(signed_in, pairing):
    """The community's official at the screen."""
    return signed_in(official_in(pairing.community))


def of(pairing, **values):
    return OrganizationReportInFactory(
        organization=pairing.organization, community=pairing.community, **values
    )


def page_of(name, row):
    return reverse(f"communities:report_in_{name}", args=[row.pk])


def start_url(pairing, year=2026):
    url = reverse("communities:report_in_start", args=[pairing.pk])
    return f"{url}?year={year}"


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# Start and change -----------------------------------------------------------


def test_list_offers_the_unit_what_it_may_start(unit, pairing):
    page = unit.get(LIST).content.decode()

    assert start_url(pairing) in page
    assert pairing.community.name in page


def test_started_one_is_a_draft_and_offered_no_more(unit, pairing):
    response = unit.post(start_url(pairing), FILLED)

    row = OrganizationReportIn.objects.get()
    assert response.url == row.get_absolute_url()
    assert (row.state, row.contact_phone) == ("draft", "+8613800138000")
    assert start_url(pairing) not in unit.get(LIST).content.decode()


def test_form_that_lay_open_while_a_colleague_submitted_says_so(unit, pairing):
    row = of(pairing)

    response = unit.post(page_of("edit", row), FILLED | {"member_count": "21"})

    assert response.url == row.get_absolute_url()
    assert said(response) == ["报到待签收，不能再修改。"]


def test_incomplete_form_comes_back(unit, pairing):
    response = unit.post(start_url(pairing), FILLED | {"leader_name": ""})

    assert response.status_code == 422
    assert "带队领导" in response.content.decode()
    assert not OrganizationReportIn.objects.exists()


def test_empty_post_comes_back_with_what_is_missing(unit, pairing):
    response = unit.post(start_url(pairing))

    assert response.status_code == 422
    assert "带队领导" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("contact_phone", "12"), ("member_count", "100001"), ("offers", "字" * 501)],
)
def test_wrong_value_is_named(unit, pairing, field, value):
    response = unit.post(start_url(pairing), FILLED | {field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_second_one_of_the_period_is_refused_in_the_form(unit, pairing):
    of(pairing)

    response = unit.post(start_url(pairing), FILLED)

    assert response.status_code == 422
    assert "已经有报到记录（待签收）" in response.content.decode()


def test_period_that_is_not_open_has_no_page(unit, pairing):
    assert unit.get(start_url(pairing, 2027)).status_code == 404
    assert unit.get(start_url(pairing, "abc")).status_code == 404


def test_renewal_starts_from_the_last_one(signed_in, pairing, monkeypatch):
    december = datetime(2026, 12, 9, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: december)
    unit = signed_in(official_of(pairing.organization))
    of(pairing, received=True, member_count=77)

    page = unit.get(start_url(pairing, 2027)).content.decode()

    assert 'value="77"' in page
    assert f'value="{FULL}"' in page


def test_change_is_saved(unit, pairing):
    row = of(pairing, draft=True)

    response = unit.post(page_of("edit", row), FILLED | {"member_count": "21"})

    row.refresh_from_db()
    assert response.url == row.get_absolute_url()
    assert row.member_count == 21


def test_old_form_puts_nothing_back(unit, pairing):
    row = of(pairing, draft=True, remark="先前")
    form = unit.get(page_of("edit", row)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {f"initial-{name}": value for name, value in sent.items()}
    OrganizationReportIn.objects.update(remark="别人刚写的")

    unit.post(page_of("edit", row), sent | {"member_count": "55"})

    row.refresh_from_db()
    assert (row.member_count, row.remark) == (55, "别人刚写的")


def test_submission_says_the_number(unit, pairing):
    row = of(pairing, draft=True)

    response = unit.post(page_of("submit", row))

    assert said(response) == ["已提交，编号芗报〔2026〕0001号。可以打印报到单。"]


def test_refused_submission_says_why(unit, pairing):
    row = of(pairing)

    response = unit.post(page_of("submit", row))

    assert said(response) == ["报到待签收，不能再提交。"]


# Answer ---------------------------------------------------------------------


def test_community_signs_on_the_page(signer, pairing):
    row = of(pairing)
    assert "签收" in signer.get(row.get_absolute_url()).content.decode()

    response = signer.post(page_of("answer", row), {"decision": "received"})

    row.refresh_from_db()
    assert (response.url, row.state) == (row.get_absolute_url(), "received")


def test_return_without_a_reason_comes_back(signer, pairing):
    row = of(pairing)

    response = signer.post(page_of("answer", row), {"decision": "returned"})

    assert response.status_code == 422
    assert "退回时必须写明理由" in response.content.decode()


def test_unit_reads_why_it_was_returned(signer, unit, pairing):
    row = of(pairing)

    signer.post(
        page_of("answer", row), {"decision": "returned", "reason": "请写明服务时间"}
    )

    assert "请写明服务时间" in unit.get(row.get_absolute_url()).content.decode()
    assert "请写明服务时间" in unit.get(LIST).content.decode()
    assert "请写明服务时间" in unit.get(page_of("edit", row)).content.decode()


def test_person_of_both_sides_is_told_to_leave_it_to_another(signed_in, pairing):
    row = of(pairing)
    both = official_of(pairing.organization)
    MembershipFactory(user=both, role="community", community=pairing.community)
    client = signed_in(both)

    page = client.get(row.get_absolute_url()).content.decode()
    response = client.post(page_of("answer", row), {"decision": "received"})

    assert page_of("answer", row) not in page
    assert said(response) == ["不能签收或退回自己单位的报到，请由社区其他同志办理。"]


def test_overdue_one_says_so_in_words(signer, pairing):
    of(pairing, submitted_at=datetime(2026, 6, 1, tzinfo=UTC))

    page = signer.get(LIST).content.decode()

    assert "逾期未签收" in page
    assert "答复期限：2026年6月8日（周一）" in page


def test_year_without_calendar_is_said_and_can_be_signed(
    signed_in, pairing, monkeypatch
):
    moment = datetime(2040, 6, 20, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    signer = signed_in(official_in(pairing.community))
    row = of(
        pairing,
        starts_on=date(2040, 1, 1),
        ends_on=date(2040, 12, 31),
        submitted_at=datetime(2040, 6, 1, tzinfo=UTC),
    )

    page = signer.get(row.get_absolute_url()).content.decode()
    signer.post(page_of("answer", row), {"decision": "received"})

    assert "没有 2040 年的放假调休安排" in page
    row.refresh_from_db()
    assert row.state == "received"


# Paper ----------------------------------------------------------------------


def test_slip_is_a_form_without_navigation(unit, pairing):
    row = of(pairing, number="芗报〔2026〕0007号")

    page = unit.get(page_of("slip", row)).content.decode()

    for text in [
        "单位党组织到社区报到单",
        "编号：芗报〔2026〕0007号",
        pairing.organization.unit_name,
        pairing.community.name,
        "单位盖章",
        "社区盖章",
        FULL,
    ]:
        assert text in page
    assert "<nav" not in page


def test_slip_of_a_draft_says_the_number_comes_later(unit, pairing):
    page = unit.get(page_of("slip", of(pairing, draft=True))).content.decode()

    assert "（提交后自动编号）" in page


def test_receipt_names_number_signer_and_moment(unit, pairing):
    row = of(pairing, received=True)

    page = unit.get(page_of("receipt", row)).content.decode()

    for text in [row.number, str(row.answered_by), "2026年6月3日 10:00"]:
        assert text in page


@pytest.mark.parametrize("traits", [{}, {"returned": True}], ids=["waits", "returned"])
def test_receipt_does_not_exist_before_the_signature(unit, pairing, traits):
    assert unit.get(page_of("receipt", of(pairing, **traits))).status_code == 404


def test_receipt_stays_when_the_period_is_over(unit, pairing):
    row = of(pairing, answered=True, state="ended")

    page = unit.get(page_of("receipt", row)).content.decode()

    assert "本次报到已于2026年12月31日（周四）结束" in page


def test_receipt_keeps_the_names_of_its_day(unit, pairing):
    row = of(pairing, received=True)
    old = pairing.organization.unit_name
    pairing.organization.unit_name = "示例新局"
    pairing.organization.save()
    keep_version(pairing.organization, on=date(2026, 6, 9))

    page = unit.get(page_of("receipt", row)).content.decode()

    assert old in page
    assert "示例新局" not in page


@pytest.mark.parametrize(
    ("role", "shown"),
    [("unit", FULL), ("community", FULL), ("committee", MASKED), ("auditor", MASKED)],
)
@pytest.mark.parametrize("name", ["detail", "slip", "receipt"])
def test_phone_is_full_only_for_the_two_parties(signed_in, pairing, role, shown, name):
    scope = {
        "unit": {"organization": pairing.organization},
        "community": {"community": pairing.community},
    }.get(role, {})
    client = signed_in(MembershipFactory(role=role, **scope).user)

    page = client.get(page_of(name, of(pairing, received=True))).content.decode()

    assert shown in page
    assert ({FULL, MASKED} - {shown}).pop() not in page


# List -----------------------------------------------------------------------


def test_list_keeps_to_the_scope(signer, pairing):
    row, other = of(pairing), OrganizationReportInFactory()

    page = signer.get(LIST).content.decode()

    assert row.number in page
    assert other.number not in page


def test_list_is_filtered_and_sorted(signed_in):
    committee = signed_in(MembershipFactory(role="committee").user)
    kept = OrganizationReportInFactory(received=True)
    OrganizationReportInFactory()
    street = kept.community.subdistrict_id

    response = committee.get(
        LIST, {"state": "received", "year": "2026", "street": street, "sort": "unit"}
    )

    assert list(response.context["page"]) == [kept]


def test_list_renews_only_its_rows_by_htmx(signer, pairing):
    row = of(pairing)

    page = signer.get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert row.number in page
    assert "<h1" not in page


def test_wrong_filter_is_named(signer):
    page = signer.get(LIST, {"state": "nothing"}).content.decode()

    assert "筛选条件有误" in page


def test_empty_list_says_what_comes_next(signer):
    assert "还没有报到" in signer.get(LIST).content.decode()
    assert "清除筛选" in signer.get(LIST, {"text": "没有"}).content.decode()


def test_list_pages_by_25(signer, pairing):
    OrganizationReportInFactory.create_batch(26, community=pairing.community)

    response = signer.get(LIST, {"page": 2})

    assert len(response.context["page"]) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(
    signer, pairing, count, django_assert_num_queries
):
    OrganizationReportInFactory.create_batch(count, community=pairing.community)

    # Session, user, roles, their communities and what merged into them, what to start,
    # communities of the filter, count, rows, histories of both, streets twice, mail.
    with django_assert_num_queries(13):
        signer.get(LIST)
