"""Pages of the street and the office: dispatch, send back, merge, release."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from campaigns.forms.whistle_dispatch import DispatchForm
from campaigns.models import Whistle, WhistleClock, WhistleResponse
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
)
from tests.factories.whistles import (
    IssuedWhistleFactory,
    WhistleCategoryFactory,
    WhistleFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def whistle():
    return IssuedWhistleFactory()


@pytest.fixture
def street(signed_in, whistle):
    """A client of the whistle's street."""
    subdistrict = whistle.community.subdistrict
    return signed_in(MembershipFactory(role="street", subdistrict=subdistrict).user)


def url_of(name, target):
    return reverse(f"campaigns:{name}", args=[target.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def neighbour(whistle, **values):
    """A whistle of another community of the same street."""
    community = CommunityFactory(subdistrict=whistle.community.subdistrict)
    return IssuedWhistleFactory(community=community, **values)


def titles(response):
    return [row.title for row in response.context["targets"]]


def names(response):
    return [one.organization.name for one, _ticked in response.context["listed"]]


def test_dispatch_to_two_units_asks_both(street, whistle):
    units = OrganizationFactory.create_batch(2)

    response = street.post(
        url_of("whistle_dispatch", whistle),
        {"organizations": [row.pk for row in units], "note": "请带工具"},
    )

    assert (response.status_code, response["Location"]) == (
        302,
        whistle.get_absolute_url(),
    )
    assert said(response) == ["已派给2个党组织，等待响应。"]
    asked = WhistleResponse.objects.values_list("organization", "note", "state")
    assert list(asked) == [(row.pk, "请带工具", "asked") for row in units]


def test_dispatch_page_names_units_with_reasons_and_what_they_have(street, whistle):
    paired = PairingFactory(community=whistle.community, is_lead=True).organization
    WhistleResponseFactory(organization=paired)

    page = street.get(url_of("whistle_dispatch", whistle)).content.decode()

    assert [text in page for text in (paired.name, "牵头单位", "在办 1 件")] == [
        True
    ] * 3


def test_dispatch_search_keeps_what_is_ticked_and_asks_nobody(street, whistle):
    PairingFactory(community=whistle.community)
    ticked = OrganizationFactory(name="示例已选支部")
    OrganizationFactory(name="示例电力支部")

    response = street.post(
        url_of("whistle_dispatch", whistle),
        {"step": "search", "q": "dianli", "organizations": [ticked.pk, "x", "9" * 30]},
        headers={"HX-Request": "true"},
    )

    assert (response.status_code, names(response)) == (
        200,
        ["示例已选支部", "示例电力支部"],
    )
    page = response.content.decode()
    assert ("<html" in page, f'value="{ticked.pk}" checked' in page) == (False, True)
    assert not WhistleResponse.objects.exists()


def test_search_for_what_no_database_takes_is_a_search_for_nothing(whistle):
    form = DispatchForm(initial={"q": "a\x00b"}, whistle=whistle)

    assert form.search_text() == ""


@pytest.mark.parametrize(
    ("make", "changes", "text"),
    [
        pytest.param(list, {}, "请至少选择一个党组织。", id="nobody"),
        pytest.param(
            lambda: [OrganizationFactory(state="suspended")],
            {},
            "所选党组织已在办理之列或已停用，请重新选择。",
            id="suspended",
        ),
        pytest.param(
            lambda: [OrganizationFactory()],
            {"note": "找陈阿婆13812345678"},
            "文字中有手机号码",
            id="phone",
        ),
    ],
)
def test_dispatch_with_a_mistake_is_422(make, changes, text, street, whistle):
    data = {"organizations": [row.pk for row in make()], **changes}

    response = street.post(url_of("whistle_dispatch", whistle), data)

    assert (response.status_code, text in response.content.decode()) == (422, True)
    assert not WhistleResponse.objects.exists()


def test_dispatch_to_a_unit_that_has_it_already_is_422(street, whistle):
    Whistle.objects.update(state="dispatched")
    held = WhistleResponseFactory(whistle=whistle)

    response = street.post(
        url_of("whistle_dispatch", whistle), {"organizations": [held.organization_id]}
    )

    assert (response.status_code, WhistleResponse.objects.count()) == (422, 1)


def test_dispatch_refused_by_the_action_shows_why(street, whistle):
    WhistleClock.objects.filter(category=whistle.category).delete()
    unit = OrganizationFactory()

    response = street.post(
        url_of("whistle_dispatch", whistle), {"organizations": [unit.pk]}
    )

    assert response.status_code == 422
    assert "还没有设置时限" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_dispatch_page_takes_as_many_queries_for_three_units(
    rows, street, whistle, django_assert_num_queries
):
    PairingFactory.create_batch(rows, community=whistle.community)
    url = url_of("whistle_dispatch", whistle)
    street.get(url)

    with django_assert_num_queries(8):
        response = street.get(url)

    assert len(names(response)) == rows


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("whistle_dispatch", "returned"),
        ("whistle_merge", "delivered"),
        ("whistle_send_back", "dispatched"),
    ],
)
def test_page_of_a_deed_that_is_not_on_leads_back_with_the_reason(
    name, state, street, whistle
):
    Whistle.objects.update(state=state)

    response = street.get(url_of(name, whistle))

    assert (response.status_code, len(said(response))) == (302, 1)


def test_send_back_returns_it_to_the_community(street, whistle):
    url = url_of("whistle_send_back", whistle)

    response = street.post(url, {"reason": "请写明楼号"})

    whistle.refresh_from_db()
    assert (response.status_code, whistle.state) == (302, "returned")


def test_send_back_without_a_reason_is_422(street, whistle):
    response = street.post(url_of("whistle_send_back", whistle), {"reason": " "})

    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        ["reason"],
    )


def test_merge_page_lists_what_looks_alike_first(signed_in, office_official, whistle):
    other = WhistleCategoryFactory()
    community = whistle.community
    neighbour(whistle, title="邻社区他类", category=other)
    neighbour(whistle, title="邻社区同类")
    IssuedWhistleFactory(title="本社区他类", community=community, category=other)
    IssuedWhistleFactory(title="本社区同类", community=community)
    IssuedWhistleFactory(title="外街道")
    WhistleFactory(title="草稿", community=community)

    response = signed_in(office_official).get(url_of("whistle_merge", whistle))

    assert titles(response) == [
        "本社区同类",
        "本社区他类",
        "邻社区同类",
        "邻社区他类",
    ]


def test_merge_search_finds_and_keeps_the_choice(street, whistle):
    found = neighbour(whistle, title="路灯不亮")
    neighbour(whistle, title="井盖松动")

    response = street.post(
        url_of("whistle_merge", whistle),
        {"step": "search", "q": "路灯", "into": found.pk},
        headers={"HX-Request": "true"},
    )

    assert (response.status_code, titles(response)) == (200, ["路灯不亮"])
    assert f'value="{found.pk}" checked' in response.content.decode()


def test_merge_ends_it_in_favour_of_the_other(street, whistle):
    other = neighbour(whistle)

    response = street.post(
        url_of("whistle_merge", whistle), {"into": other.pk, "reason": "同一处路灯"}
    )

    whistle.refresh_from_db()
    assert (response.status_code, whistle.state, whistle.merged_into) == (
        302,
        "merged",
        other,
    )


@pytest.mark.parametrize("state", ["closed", "drafted"])
def test_merge_into_one_not_under_way_is_422(state, street, whistle):
    ended = {"ended_at": whistle.issued_at} if state == "closed" else {}
    other = neighbour(whistle, state=state, **ended)

    response = street.post(
        url_of("whistle_merge", whistle), {"into": other.pk, "reason": "同一处"}
    )

    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        ["into"],
    )


def test_release_lets_the_unit_go(street, whistle):
    Whistle.objects.update(state="dispatched")
    response = WhistleResponseFactory(whistle=whistle)

    answer = street.post(url_of("response_release", response), {"reason": "人手不足"})

    response.refresh_from_db()
    assert (answer.status_code, response.state) == (302, "released")


def test_detail_offers_the_street_what_it_may_do(street, whistle):
    page = street.get(whistle.get_absolute_url()).content.decode()

    deeds = ["whistle_dispatch", "whistle_merge", "whistle_send_back"]
    assert [url_of(name, whistle) in page for name in deeds] == [True] * 3


def test_detail_offers_a_community_nothing_of_the_street(signed_in, whistle):
    person = MembershipFactory(role="community", community=whistle.community).user

    page = signed_in(person).get(whistle.get_absolute_url()).content.decode()

    assert 'id="whistle-dispatch"' not in page
