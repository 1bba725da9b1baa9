"""Pages of honours for officials: list, form, handing in, the office's steps."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Honor
from campaigns.queries.honors import desk_honors
from tests.factories.campaigns import EvidenceFactory
from tests.factories.communities import MembershipFactory
from tests.factories.honors import (
    FamilyHonorFactory,
    HonorFactory,
    HonorObjectionFactory,
)

pytestmark = pytest.mark.django_db

DESK = reverse("campaigns:honor_desk")
CREATE = reverse("campaigns:honor_create")
NOTICE = reverse("campaigns:honor_notice")
AWARD = reverse("campaigns:honor_award")
State = Honor.State
AFTER = date(2026, 5, 14)


@pytest.fixture(autouse=True)
def day_after_the_notice(time_machine):
    time_machine.move_to("2026-05-14 12:00+08:00")


@pytest.fixture
def unit(signed_in, unit_official):
    return signed_in(unit_official)


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


@pytest.fixture
def community_official(community):
    return MembershipFactory(role="community", community=community).user


def url(name, honor):
    return reverse(f"campaigns:{name}", args=[honor.pk])


def text_of(response):
    return response.content.decode()


def holders(response):
    return [honor.holder for honor in response.context["page"]]


# The desk's list ------------------------------------------------------------


def test_desk_lists_what_is_in_scope(unit, organization):
    HonorFactory(organization=organization, holder="本单位")
    HonorFactory(holder="外单位", awarded=True)

    assert holders(unit.get(DESK)) == ["本单位"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=applied", ["待核查"]),
        ("kind=family", ["家庭"]),
        ("is_due=on", ["待复核"]),
        ("text=幸福", ["家庭"]),
    ],
)
def test_desk_is_narrowed(query, found, office):
    HonorFactory(applied=True, holder="待核查")
    HonorFactory(awarded=True, holder="待复核", check_due_on=date(2026, 6, 13))
    HonorFactory(awarded=True, holder="已复核")
    FamilyHonorFactory(holder="家庭", community__name="幸福社区", state=State.CHECKED)
    FamilyHonorFactory(holder="家庭草稿", community__name="幸福里社区")

    assert holders(office.get(f"{DESK}?{query}")) == found


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_asks_the_database_as_often_for_many(
    rows, office, django_assert_num_queries
):
    HonorFactory.create_batch(rows, notice=True)
    FamilyHonorFactory.create_batch(rows, state=State.CHECKED)

    with django_assert_num_queries(8):
        office.get(DESK)


def test_empty_desk_asks_to_apply(unit):
    assert "填写事迹，上传照片或文件" in text_of(unit.get(DESK))


# Applying -------------------------------------------------------------------


def form_data(**values):
    return {"kind": "window", "holder": "示例窗口", "text": "示例事迹", **values}


def test_unit_drafts_an_application(unit, organization):
    response = unit.post(CREATE, form_data(organization=organization.pk))

    honor = Honor.objects.get()
    assert response.url == honor.get_absolute_url()
    assert (honor.kind, honor.organization) == ("window", organization)


def test_community_drafts_an_application_of_a_family(
    signed_in, community_official, community
):
    signed_in(community_official).post(
        CREATE, form_data(kind="family", holder="林家", community=community.pk)
    )

    honor = Honor.objects.get()
    assert (honor.community, honor.is_public) == (community, False)


def test_unit_is_not_offered_families(unit):
    assert "文明家庭" not in str(unit.get(CREATE).context["form"]["kind"])


def test_unit_that_sends_a_family_is_refused(unit, organization):
    response = unit.post(CREATE, form_data(kind="family", organization=organization.pk))

    assert response.status_code == 422
    assert Honor.objects.count() == 0


def test_unit_cannot_apply_for_another(unit):
    other = HonorFactory().organization

    response = unit.post(CREATE, form_data(organization=other.pk))

    assert response.status_code == 422


@pytest.mark.parametrize("kind", ["window", "family"])
def test_official_of_both_is_asked_for_the_one_that_fits(
    kind, signed_in, unit_official, organization, community
):
    MembershipFactory(user=unit_official, role="community", community=community)
    both = {"organization": organization.pk, "community": community.pk}
    needed = "community" if kind == "family" else "organization"
    client = signed_in(unit_official)

    lacking = client.post(CREATE, form_data(kind=kind, **{**both, needed: ""}))
    client.post(CREATE, form_data(kind=kind, **both))

    assert lacking.status_code == 422
    honor = Honor.objects.get()
    is_family = kind == "family"
    assert (honor.organization is None, honor.community is None) == (
        is_family,
        not is_family,
    )


@pytest.mark.parametrize("field", ["holder", "text"])
def test_personal_numbers_are_refused(field, unit, organization):
    data = form_data(organization=organization.pk, **{field: "电话13800138000"})

    assert unit.post(CREATE, data).status_code == 422


def test_edit_saves_only_what_was_changed(unit, organization):
    honor = HonorFactory(organization=organization)
    data = form_data(kind=honor.kind, holder="新名", text=honor.text)
    data |= {"initial-text": "打开时", "initial-holder": honor.holder}
    data |= {"initial-kind": honor.kind, "text": "打开时"}

    unit.post(url("honor_edit", honor), data)

    honor.refresh_from_db()
    assert (honor.holder, honor.text) == ("新名", "示例事迹")


def test_apply_without_evidence_is_refused_in_words(unit, organization):
    honor = HonorFactory(organization=organization)

    response = unit.post(url("honor_apply", honor), follow=True)

    assert "请至少上传一张照片或一份文件" in text_of(response)


def test_apply_with_evidence_waits_for_the_office(unit, organization):
    honor = HonorFactory(organization=organization)
    EvidenceFactory(activity=None, honor=honor)

    unit.post(url("honor_apply", honor))

    honor.refresh_from_db()
    assert honor.state == State.APPLIED


def test_withdrawing_asks_for_the_reason_and_ends_it(unit, organization):
    honor = HonorFactory(organization=organization, applied=True)

    refused = unit.post(url("honor_withdraw", honor), {"reason": ""})
    unit.post(url("honor_withdraw", honor), {"reason": "另行安排"})

    honor.refresh_from_db()
    assert (refused.status_code, honor.state) == (422, State.WITHDRAWN)


@pytest.mark.parametrize("has_evidence", [True, False])
def test_page_of_the_applicant_offers_handing_in_once_there_is_evidence(
    has_evidence, unit, organization
):
    honor = HonorFactory(organization=organization)
    if has_evidence:
        EvidenceFactory(activity=None, honor=honor)

    page = text_of(unit.get(honor.get_absolute_url()))

    offered = ("提交申报</button>" in page, "还不能提交申报" in page)
    assert offered == (has_evidence, not has_evidence)
    assert "登记核查结论" not in page


def test_page_of_a_family_asks_for_its_consent(
    signed_in, community_official, community
):
    honor = FamilyHonorFactory(community=community)

    page = text_of(signed_in(community_official).get(honor.get_absolute_url()))

    assert "文明家庭须先登记家庭的展示同意" in page
    assert "登记同意" in page


# The office -----------------------------------------------------------------


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


def waiting(user):
    found = desk_honors(user, today=AFTER)
    lists = {name: rows for name, rows in found.items() if isinstance(rows, list)}
    return {name: rows for name, rows in lists.items() if rows}


def test_desk_of_a_unit_holds_its_drafts_returns_and_due_checks(
    unit_official, organization
):
    draft = HonorFactory(organization=organization)
    returned = HonorFactory(organization=organization, state="returned")
    due = HonorFactory(organization=organization, awarded=True, check_due_on=AFTER)
    HonorFactory(organization=organization, applied=True)
    HonorFactory()

    assert waiting(unit_official) == {
        "drafts": [draft],
        "returned": [returned],
        "due": [due],
    }


def test_desk_of_the_office_holds_each_step(office_official):
    applied = HonorFactory(applied=True)
    checked = HonorFactory(checked=True)
    over = HonorFactory(notice=True)
    objection = HonorObjectionFactory()
    HonorFactory(notice=True, notice_ends_on=AFTER)

    assert waiting(office_official) == {
        "to_check": [applied],
        "to_notice": [checked],
        "to_award": [over],
        "objections": [objection],
    }


def test_desk_of_those_with_nothing_to_do_there_is_none(committee_official, stranger):
    assert desk_honors(committee_official, today=AFTER) is None
    assert desk_honors(stranger, today=AFTER) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_part_asks_the_database_as_often_for_many(
    rows, office_official, django_assert_num_queries
):
    HonorFactory.create_batch(rows, applied=True)
    HonorObjectionFactory.create_batch(rows)
    FamilyHonorFactory.create_batch(rows, awarded=True, check_due_on=AFTER)

    with django_assert_num_queries(7):
        desk_honors(office_official, today=AFTER)
