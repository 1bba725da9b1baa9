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

    with django_assert_num_queries(6):
        desk_honors(office_official, today=AFTER)
