"""What the office does with applications for honours, page by page."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Honor
from tests.factories.honors import (
    FamilyHonorFactory,
    HonorFactory,
    HonorObjectionFactory,
)

pytestmark = pytest.mark.django_db

NOTICE = reverse("campaigns:honor_notice")
AWARD = reverse("campaigns:honor_award")
State = Honor.State
AFTER = date(2026, 5, 14)


@pytest.fixture(autouse=True)
def day_after_the_notice(time_machine):
    time_machine.move_to("2026-05-14 12:00+08:00")


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def url(name, honor):
    return reverse(f"campaigns:{name}", args=[honor.pk])


def text_of(response):
    return response.content.decode()


def test_office_checks_from_the_page(office):
    honor = HonorFactory(applied=True)

    response = office.post(url("honor_check", honor), {"decision": "checked"})

    honor.refresh_from_db()
    assert (response.status_code, honor.state) == (302, State.CHECKED)


def test_return_without_a_reason_comes_back(office):
    honor = HonorFactory(applied=True)

    response = office.post(url("honor_check", honor), {"decision": "returned"})

    assert response.status_code == 422
    assert "必须写明理由" in text_of(response)


def test_own_application_has_no_check_form(office, office_official):
    honor = HonorFactory(applied=True, created_by=office_official)

    page = text_of(office.get(honor.get_absolute_url()))

    assert "不能核查自己的申报" in page
    assert "登记核查结论" not in page


def test_several_are_looked_at_before_their_notice_begins(office):
    fit = HonorFactory(checked=True)
    unfit = FamilyHonorFactory(checked=True)

    response = office.get(f"{NOTICE}?honor={fit.pk}&honor={unfit.pk}")

    assert (response.context["fit"], response.context["unfit"]) == ([fit], [unfit])
    assert "从2026年5月14日（周四）公示到2026年5月21日（周四）" in text_of(response)
    fit.refresh_from_db()
    assert fit.state == State.CHECKED


def test_several_begin_their_notice_at_once(office):
    honors = HonorFactory.create_batch(2, checked=True)

    response = office.post(NOTICE, {"honor": [row.pk for row in honors]}, follow=True)

    assert "2 项已开始公示" in text_of(response)
    assert set(Honor.objects.values_list("state", flat=True)) == {State.NOTICE}


def test_notice_into_a_year_without_calendar_is_refused_in_words(
    signed_in, office_official, time_machine
):
    time_machine.move_to("2026-12-30 12:00+08:00")
    honor = HonorFactory(checked=True)

    page = text_of(signed_in(office_official).get(f"{NOTICE}?honor={honor.pk}"))

    assert "系统里没有 2027 年的放假调休安排" in page


def test_several_are_awarded_and_the_refused_named(office):
    fit = HonorFactory(notice=True)
    unfit = HonorObjectionFactory().honor

    response = office.post(AWARD, {"honor": [fit.pk, unfit.pk]}, follow=True)

    assert "1 项已命名" in text_of(response)
    assert f"{unfit}：还有异议没有处理" in text_of(response)
    fit.refresh_from_db()
    assert fit.state == State.AWARDED


def test_award_of_one_leads_back_to_it(office):
    honor = HonorFactory(notice=True)

    assert office.post(AWARD, {"honor": honor.pk}).url == honor.get_absolute_url()


@pytest.mark.parametrize("page", [NOTICE, AWARD])
@pytest.mark.parametrize("rows", [1, 3])
def test_look_at_several_asks_once_for_all_names(
    page, rows, office, django_assert_max_num_queries
):
    honors = HonorFactory.create_batch(rows, checked=True)
    query = "&".join(f"honor={row.pk}" for row in honors)

    with django_assert_max_num_queries(6):
        office.get(f"{page}?{query}")


def test_objection_is_answered_from_its_page(office):
    objection = HonorObjectionFactory(text="示例异议内容")
    page = reverse("campaigns:objection_answer", args=[objection.pk])

    shown = text_of(office.get(page))
    office.post(page, {"decision": "dismissed", "answer": "经核实不成立"})

    objection.refresh_from_db()
    assert "示例异议内容" in shown
    assert objection.state == "dismissed"


def test_yearly_check_is_recorded(office):
    honor = HonorFactory(awarded=True, check_due_on=AFTER)

    office.post(url("honor_yearly", honor), {"passed": "yes", "note": "保持良好"})

    honor.refresh_from_db()
    assert honor.check_due_on == date(2027, 5, 14)
    assert "保持良好" in text_of(office.get(honor.get_absolute_url()))


def test_award_is_revoked_with_a_reason(office):
    honor = HonorFactory(awarded=True)

    office.post(url("honor_revoke", honor), {"reason": "弄虚作假"})

    honor.refresh_from_db()
    assert honor.state == State.REVOKED


def test_step_that_is_refused_says_why(office):
    honor = HonorFactory(notice=True)

    response = office.post(url("honor_revoke", honor), {"reason": "弄虚作假"})

    assert response.status_code == 422
    assert "只有已命名的荣誉可以撤销" in text_of(response)


# What waits -----------------------------------------------------------------
