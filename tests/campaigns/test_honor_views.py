"""Pages of honours for everyone: the list, the notice, one honour, objecting."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.models import User
from campaigns.actions.consents import withdraw_consent
from campaigns.models import Evidence
from tests.factories.campaigns import EvidenceFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.factories.honors import (
    FamilyHonorFactory,
    HonorFactory,
    HonorObjectionFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("campaigns:honor_list")
NOTICES = reverse("campaigns:honor_notices")


@pytest.fixture(autouse=True)
def noon_of_a_notice_day(time_machine):
    time_machine.move_to("2026-05-08 12:00+08:00")


def text_of(response):
    return response.content.decode()


def object_url(honor):
    return reverse("campaigns:honor_object", args=[honor.pk])


def holders(response):
    return [honor.holder for honor in response.context["page"]]


def test_list_shows_what_is_awarded_and_public_by_kind(client):
    HonorFactory(awarded=True, kind="window", holder="示例窗口")
    HonorFactory(awarded=True, kind="pioneer_post", holder="示例岗")
    FamilyHonorFactory(awarded=True, consents=True, holder="示例林家")
    FamilyHonorFactory(awarded=True, holder="没有同意")
    HonorFactory(awarded=True, state="revoked", holder="已撤销")
    HonorFactory(notice=True, holder="公示中")

    response = client.get(LIST)

    assert holders(response) == ["示例林家", "示例岗", "示例窗口"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=window", ["示例窗口"]),
        ("year=2025", ["示例岗"]),
        ("text=窗口", ["示例窗口"]),
        ("text=幸福", ["示例林家"]),
    ],
)
def test_list_is_narrowed(query, found, client):
    HonorFactory(awarded=True, kind="window", holder="示例窗口")
    HonorFactory(awarded=True, holder="示例岗", awarded_on=date(2025, 6, 1))
    FamilyHonorFactory(
        awarded=True, consents=True, holder="示例林家", community__name="幸福社区"
    )

    assert holders(client.get(f"{LIST}?{query}")) == found


def test_list_of_a_street_holds_its_families(client):
    here = CommunityFactory()
    FamilyHonorFactory(awarded=True, consents=True, community=here, holder="示例林家")
    FamilyHonorFactory(awarded=True, consents=True)

    response = client.get(f"{LIST}?street={here.subdistrict_id}")

    assert holders(response) == ["示例林家"]


def test_list_without_awards_says_where_to_look(client):
    assert "查看正在公示的" in text_of(client.get(LIST))


def test_list_answers_htmx_with_its_rows_only(client):
    HonorFactory(awarded=True)

    response = client.get(LIST, headers={"HX-Request": "true"})

    assert "<html" not in text_of(response)


def test_list_names_the_organization_of_its_day(client, organization):
    honor = HonorFactory(awarded=True, organization=organization)
    first = organization.versions.get()
    first.name = "示例旧名党支部"
    first.save()
    organization.name = "示例新名党支部"
    organization.save()

    response = client.get(LIST)

    assert honor.organization.pk == organization.pk
    assert "示例旧名党支部" in text_of(response)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_as_often_for_many(
    rows, client, django_assert_num_queries
):
    HonorFactory.create_batch(rows, awarded=True)
    FamilyHonorFactory.create_batch(rows, awarded=True, consents=True)

    with django_assert_num_queries(6):
        response = client.get(LIST)

    assert len(holders(response)) == 2 * rows


def test_notice_page_shows_what_may_be_objected_to_today(client):
    HonorFactory(notice=True, holder="公示中")
    HonorFactory(notice=True, holder="已满", notice_ends_on=date(2026, 5, 7))
    FamilyHonorFactory(notice=True, holder="没有同意")
    HonorFactory(checked=True, holder="还没有")

    response = client.get(NOTICES)

    assert holders(response) == ["公示中"]
    words = strip_tags(text_of(response))
    assert "2026年5月6日（周三）至2026年5月13日（周三）" in words


def test_notice_page_without_any_leads_to_the_list(client):
    assert "查看荣誉榜" in text_of(client.get(NOTICES))


@pytest.mark.parametrize("rows", [1, 3])
def test_notice_page_asks_the_database_as_often_for_many(
    rows, client, django_assert_num_queries
):
    HonorFactory.create_batch(rows, notice=True)
    FamilyHonorFactory.create_batch(rows, notice=True, consents=True)

    with django_assert_num_queries(4):
        client.get(NOTICES)


def test_family_disappears_in_the_moment_its_consent_is_withdrawn(client):
    honor = FamilyHonorFactory(notice=True, consents=True, holder="示例林家")

    withdraw_consent(consent=honor.consents.get(), by=None)

    assert client.get(honor.get_absolute_url()).status_code == 404
    assert "示例林家" not in text_of(client.get(NOTICES))


def test_no_cache_keeps_a_family(client):
    honor = FamilyHonorFactory(awarded=True, consents=True)
    pages = [LIST, NOTICES, honor.get_absolute_url()]

    kept = ["no-store" in client.get(page)["Cache-Control"] for page in pages]

    assert kept == [True] * 3


def test_evidence_of_an_honour_is_not_public(client):
    honor = HonorFactory(notice=True)
    photo = EvidenceFactory(activity=None, honor=honor, people="示例张三")

    page = text_of(client.get(honor.get_absolute_url()))

    assert "示例张三" not in page
    assert client.get(photo.url).status_code == 404
    assert Evidence.objects.count() == 1


def test_page_tells_the_public_nothing_of_the_office(client):
    objection = HonorObjectionFactory(text="示例异议内容")
    objection.honor.move_to(
        "awarded",
        by=User.objects.first(),
        awarded_on=date(2026, 5, 8),
        check_due_on=date(2027, 5, 8),
    )

    page = text_of(client.get(objection.honor.get_absolute_url()))

    assert "示例异议内容" not in page
    assert "办理经过" not in page


def test_visitor_is_led_to_sign_in_before_objecting(client):
    honor = HonorFactory(notice=True)

    page = text_of(client.get(honor.get_absolute_url()))

    assert f"/accounts/login/?next={honor.get_absolute_url()}" in page


def test_objection_is_kept_and_shown_to_who_made_it(signed_in, stranger):
    honor = HonorFactory(notice=True)
    client = signed_in(stranger)

    response = client.post(object_url(honor), {"text": "示例异议内容"}, follow=True)

    assert honor.objections.get().made_by == stranger
    assert "示例异议内容" in text_of(response)
    assert "提交异议</button>" not in text_of(response)


@pytest.mark.parametrize(
    "text", ["", "电话13800138000"], ids=["empty", "personal-number"]
)
def test_invalid_objection_comes_back(text, signed_in, stranger):
    honor = HonorFactory(notice=True)

    response = signed_in(stranger).post(object_url(honor), {"text": text})

    assert response.status_code == 422
    assert honor.objections.count() == 0


def test_objection_after_the_notice_is_refused_in_words(signed_in, stranger):
    honor = HonorFactory(notice=True, notice_ends_on=date(2026, 5, 7))

    response = signed_in(stranger).post(
        object_url(honor), {"text": "示例"}, follow=True
    )

    assert "现在不在公示期内" in text_of(response)


@pytest.mark.parametrize(
    ("role", "sees_text"), [("office", True), ("committee", False), ("unit", False)]
)
def test_objection_and_who_made_it_are_for_the_office(role, sees_text, signed_in):
    objection = HonorObjectionFactory(
        text="示例异议内容", made_by__display_name="示例提出人"
    )
    scope = {"organization": objection.honor.organization} if role == "unit" else {}
    official = MembershipFactory(role=role, **scope).user

    page = text_of(signed_in(official).get(objection.honor.get_absolute_url()))

    assert ("示例异议内容" in page, "示例提出人" in page) == (sees_text, sees_text)
    assert "公示异议" in page


@pytest.mark.parametrize("page", ["honor_detail", "objection_answer"])
def test_objection_stays_hidden_from_who_applied_at_the_office(
    page, signed_in, office_official
):
    objection = HonorObjectionFactory(
        text="示例异议内容",
        made_by__display_name="示例提出人",
        honor__created_by=office_official,
    )
    thing = objection.honor if page == "honor_detail" else objection
    url = reverse(f"campaigns:{page}", args=[thing.pk])

    shown = text_of(signed_in(office_official).get(url))

    assert ("示例异议内容" in shown, "示例提出人" in shown) == (False, False)


def test_page_of_a_family_is_the_same_to_a_stranger_of_another_community(signed_in):
    honor = FamilyHonorFactory(applied=True)
    other = MembershipFactory(role="community", community=CommunityFactory()).user

    response = signed_in(other).get(honor.get_absolute_url())

    assert response.status_code == 404


def test_unit_above_sees_the_branch_and_a_neighbour_does_not(signed_in):
    branch = OrganizationFactory()
    honor = HonorFactory(organization=branch)
    above = MembershipFactory(role="unit", organization=branch.parent).user
    beside = MembershipFactory(role="unit", organization=OrganizationFactory()).user

    answers = [
        signed_in(person).get(honor.get_absolute_url()).status_code
        for person in (above, beside)
    ]

    assert answers == [200, 404]
