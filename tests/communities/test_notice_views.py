"""Pages of the notices, and of the end of a single pairing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Pairing, PairingNotice
from communities.queries.notices import desk_notices
from tests.communities.notices import DAY, place, publish, unit
from tests.communities.registers import small_register
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    PairingFactory,
    PairingNoticeFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("communities:notice_list")
UNION, OFFICE = "区总工会", "区委办公室"
A, B, C = "湖内社区", "和平里社区", "松州村"


@pytest.fixture
def committee(signed_in, committee_official):
    return signed_in(committee_official)


@pytest.fixture
def ahead():
    """A whole notice for next month: ends one, changes one, starts one, keeps one."""
    small_register()
    union, office = unit(UNION), unit(OFFICE)
    PairingFactory(organization=union, community=place(A))
    PairingFactory(organization=union, community=place(B), leader_name="旧")
    PairingFactory(organization=office, community=place(A))
    return publish(
        (UNION, B, "", "新领导"),
        (UNION, C),
        (OFFICE, A),
        starts_on=timezone.localdate() + 30 * DAY,
    )


def numbers(response):
    return [notice.number for notice in response.context["page"]]


def pairs(response):
    return [
        (row.organization.unit_name, row.community.name)
        for row in response.context["page"]
    ]


def withdraw(client, notice, **typed):
    url = reverse("communities:notice_withdraw", args=[notice.pk])
    return client.post(url, typed)


# The list -------------------------------------------------------------------


@pytest.fixture
def notices():
    today = timezone.localdate()
    PairingNoticeFactory(number="甲1号", starts_on=today - DAY)
    PairingNoticeFactory(number="乙2号", starts_on=today + DAY)
    PairingNoticeFactory(
        number="丙3号", starts_on=today + 2 * DAY, withdrawn_at=timezone.now()
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["丙3号", "乙2号", "甲1号"]),
        ({"state": "active"}, ["甲1号"]),
        ({"state": "proposed"}, ["乙2号"]),
        ({"state": "withdrawn"}, ["丙3号"]),
        ({"text": "2号"}, ["乙2号"]),
        ({"text": "9号"}, []),
    ],
    ids=["all", "active", "proposed", "withdrawn", "number", "none"],
)
def test_notices_are_listed_by_number_and_state(committee, notices, query, expected):
    response = committee.get(LIST, query)

    assert numbers(response) == expected


def test_a_state_that_is_none_is_answered_in_words(committee):
    response = committee.get(LIST, {"state": "x"})

    assert response.status_code == 200
    assert response.context["form"].errors


def test_a_notice_shows_how_many_pairings_it_started_and_ended(committee, ahead):
    page = committee.get(LIST, {"state": "proposed"}).content.decode()

    assert "新增 1 对，变更 1 对，结束 1 对" in page


def test_an_empty_list_says_what_to_do(committee):
    assert "还没有结对通知" in committee.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(
    committee, django_assert_num_queries, count
):
    PairingNoticeFactory.create_batch(count)

    # Session, user, roles, unread messages, count, rows.
    with django_assert_num_queries(6):
        committee.get(LIST)


def test_htmx_gets_the_rows_alone(committee, notices):
    response = committee.get(LIST, headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()


# One notice -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("started", [(UNION, C)]),
        ("changed", [(UNION, B)]),
        ("ended", [(UNION, A)]),
        ("kept", [(OFFICE, A)]),
        ("nonsense", [(UNION, C)]),
    ],
)
def test_a_notice_shows_what_it_did(committee, ahead, part, expected):
    response = committee.get(ahead.get_absolute_url(), {"part": part})

    assert pairs(response) == expected


def test_a_notice_shows_the_names_of_its_day(committee, ahead):
    organization = Pairing.objects.get(community__name=C).organization
    later = ahead.starts_on + 10 * DAY
    version = organization.versions.get()
    version.ends_on = later - DAY
    version.save()
    organization.versions.create(
        name="新名", unit_name="新名", kind=organization.kind, starts_on=later
    )

    response = committee.get(ahead.get_absolute_url())

    assert [row.organization_then.unit_name for row in response.context["page"]] == [
        UNION
    ]


def test_other_officials_see_the_rows_of_their_scope(signed_in, ahead):
    official = MembershipFactory(role="community", community=place(C)).user
    client = signed_in(official)

    assert pairs(client.get(ahead.get_absolute_url())) == [(UNION, C)]
    assert pairs(client.get(ahead.get_absolute_url(), {"part": "ended"})) == [
        (UNION, C)
    ]


def test_an_official_elsewhere_sees_a_notice_without_rows(signed_in, ahead):
    official = MembershipFactory(role="community", community=CommunityFactory()).user

    response = signed_in(official).get(ahead.get_absolute_url())

    assert pairs(response) == []
    assert "没有涉及您能看到的结对" in response.content.decode()


def test_a_notice_that_is_none_is_not_found(committee):
    url = reverse("communities:notice_detail", args=[999999])

    assert committee.get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_notice_takes_a_fixed_number_of_queries(
    committee, django_assert_num_queries, count
):
    notice = PairingNoticeFactory()
    PairingFactory.create_batch(count, notice=notice)

    # Session, user, roles, notice, five counts less the part that is none, count and
    # rows of the page, two histories, unread messages.
    with django_assert_num_queries(13):
        committee.get(notice.get_absolute_url())


# Taking it back -------------------------------------------------------------


def test_a_notice_ahead_is_withdrawn_with_a_reason(committee, ahead):
    response = withdraw(committee, ahead, reason="文件有误")

    page = committee.get(response.url).content.decode()
    assert "通知已撤回" in page
    assert "理由：文件有误" in page
    assert not Pairing.objects.filter(ended_by=ahead).exists()


def test_without_a_reason_nothing_is_withdrawn(committee, ahead):
    response = withdraw(committee, ahead, reason="")

    ahead.refresh_from_db()
    assert response.status_code == 422
    assert ahead.withdrawn_at is None


def test_a_notice_in_force_offers_no_way_back_and_refuses(committee):
    notice = PairingFactory().notice

    page = committee.get(notice.get_absolute_url()).content.decode()
    response = withdraw(committee, notice, reason="文件有误")

    assert "withdraw" not in page
    assert "不能撤回" in committee.get(response.url).content.decode()


@pytest.mark.parametrize("role", ["office", "auditor"])
def test_only_the_committee_withdraws(signed_in, ahead, role):
    client = signed_in(MembershipFactory(role=role).user)

    page = client.get(ahead.get_absolute_url()).content.decode()

    assert "withdraw" not in page
    assert withdraw(client, ahead, reason="文件有误").status_code == 403
    assert PairingNotice.objects.filter(withdrawn_at=None, pk=ahead.pk).exists()


def test_the_desk_shows_the_committee_what_waits(committee_official, ahead):
    today = timezone.localdate()

    found = desk_notices(committee_official, today=today)
    later = desk_notices(committee_official, today=ahead.starts_on)

    assert (found["uploads"], found["planned"]) == ([], [ahead])
    assert later is None


def test_the_desk_shows_others_nothing(office_official, ahead):
    assert desk_notices(office_official, today=timezone.localdate()) is None


# One pairing by hand --------------------------------------------------------


def end_url(pairing):
    return reverse("communities:pairing_end", args=[pairing.pk])


def test_the_page_says_who_is_left_without_a_pairing(committee):
    pairing = PairingFactory()

    page = committee.get(end_url(pairing)).content.decode()

    assert "该单位没有结对社区，该社区（村）也没有结对单位" in page


def test_the_page_says_what_follows_before_it_asks(committee):
    page = committee.get(end_url(PairingFactory())).content.decode()

    before, _, form = page.partition("这样做以后：")
    assert "最后一天过后结对失效" in form
    assert ('name="last_day"' in before, 'name="last_day"' in form) == (False, True)


def test_a_pairing_is_ended_through_the_page(committee):
    pairing = PairingFactory()
    day = timezone.localdate()

    response = committee.post(
        end_url(pairing), {"last_day": day.isoformat(), "reason": "单位撤销"}
    )

    pairing.refresh_from_db()
    assert response.status_code == 302
    assert pairing.ends_on == day


@pytest.mark.parametrize(
    "typed",
    [{}, {"last_day": "2026-02-30", "reason": "x"}, {"last_day": "2019-01-01",
     "reason": "x"}],
    ids=["empty", "no-day", "too-early"],
)  # fmt: skip
def test_a_pairing_is_not_ended_by_a_form_with_errors(committee, typed):
    pairing = PairingFactory()

    response = committee.post(end_url(pairing), typed)

    pairing.refresh_from_db()
    assert response.status_code == 422
    assert response.context["form"].errors
    assert pairing.ends_on is None


def test_a_pairing_out_of_scope_is_not_found_and_in_scope_not_allowed(signed_in):
    pairing = PairingFactory()
    here = MembershipFactory(role="community", community=pairing.community).user
    elsewhere = MembershipFactory(role="community", community=CommunityFactory()).user

    assert signed_in(here).get(end_url(pairing)).status_code == 403
    assert signed_in(elsewhere).get(end_url(pairing)).status_code == 404


def test_the_list_offers_the_committee_to_end_an_open_pairing(committee, signed_in):
    pairing = PairingFactory()
    ended = PairingFactory(ends_on=timezone.localdate() + timedelta(days=3))
    office = signed_in(MembershipFactory(role="office").user)
    url = reverse("communities:pairing_list")

    page = committee.get(url).content.decode()

    assert end_url(pairing) in page
    assert end_url(ended) not in page
    assert end_url(pairing) not in office.get(url).content.decode()
