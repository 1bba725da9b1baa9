"""Pages of the members' report-in: one's own steps, the community's list."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from communities.models import MemberReportIn, Organization
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MemberReportInFactory,
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
    PostHoldingFactory,
    ServicePostFactory,
)

pytestmark = pytest.mark.django_db

State = MemberReportIn.State
CREATE = reverse("communities:member_report_in_create")
LIST = reverse("communities:member_report_in_list")
ME = reverse("volunteers:me")


def url(name, report_in):
    return reverse(f"communities:member_report_in_{name}", args=[report_in.pk])


def text_of(response):
    return response.content.decode()


@pytest.fixture
def person(signed_in, stranger):
    return signed_in(stranger)


@pytest.fixture
def official(community):
    return MembershipFactory(role="community", community=community).user


@pytest.fixture
def desk(signed_in, official):
    return signed_in(official)


# One's own ------------------------------------------------------------------


def test_first_step_offers_standing_communities_by_street(person, community):
    gone = CommunityFactory(ends_on=timezone.localdate().replace(year=2025))

    page = text_of(person.get(CREATE))

    assert f'<optgroup label="{community.subdistrict}">' in page
    assert str(community) in page
    assert str(gone) not in page


def test_second_step_shows_the_posts_of_that_community(person, community):
    open_post = ServicePostFactory(community=community)
    draft = ServicePostFactory(community=community, state="draft", published_at=None)
    other = ServicePostFactory()

    page = text_of(person.get(CREATE, {"community": community.pk}))

    assert open_post.title in page
    assert draft.title not in page
    assert other.title not in page


def test_unknown_community_leads_back_to_the_first_step(person):
    response = person.get(CREATE, {"community": "0"})

    assert response.status_code == 200
    assert response.context["form"] is None
    assert response.context["step"].errors


def test_person_reports_in_by_plain_forms(person, stranger, community):
    post = ServicePostFactory(community=community)
    branch = OrganizationFactory()

    response = person.post(
        CREATE,
        {
            "community": community.pk,
            "organization": branch.name,
            "skills": "水电",
            "free_times": "周末",
            "posts": [post.pk],
        },
    )

    made = MemberReportIn.objects.get()
    assert (response.status_code, response.url) == (302, ME)
    assert (made.user, made.community) == (stranger, community)
    assert (made.organization, list(made.posts.all())) == (branch, [post])


def test_organisation_is_found_as_the_browser_proposes_it(person, community):
    twins = [
        OrganizationFactory(name="第一党支部", unit_name=unit)
        for unit in ("甲局", "乙局")
    ]

    person.post(
        CREATE, {"community": community.pk, "organization": "第一党支部（乙局）"}
    )

    assert MemberReportIn.objects.get().organization == twins[1]


@pytest.mark.parametrize("typed", ["第一党支部", "没有的党支部"])
def test_organisation_that_is_not_one_is_refused(typed, person, community):
    for unit in ("甲局", "乙局"):
        OrganizationFactory(name="第一党支部", unit_name=unit)

    response = person.post(CREATE, {"community": community.pk, "organization": typed})

    assert response.status_code == 422
    assert "没有找到" in text_of(response)
    assert MemberReportIn.objects.count() == 0


def test_dissolved_organisation_is_not_proposed(person, community):
    OrganizationFactory(name="已撤支部", state=Organization.State.DISSOLVED)

    page = text_of(person.get(CREATE, {"community": community.pk}))

    assert "已撤支部" not in page


def test_post_of_another_community_is_an_invalid_choice(person, community):
    ServicePostFactory(community=community)

    response = person.post(
        CREATE, {"community": community.pk, "posts": [ServicePostFactory().pk]}
    )

    assert response.status_code == 422
    assert MemberReportIn.objects.count() == 0


def test_minor_reads_why_not_and_where_to_go(signed_in, community):
    minor = UserFactory(age_band=User.AgeBand.MINOR)

    page = text_of(signed_in(minor).get(CREATE))

    assert "党员报到面向成年党员" in page
    assert reverse("volunteers:shift_list") in page


def test_minor_who_posts_all_the_same_is_refused(signed_in, community):
    client = signed_in(UserFactory(age_band=User.AgeBand.MINOR))

    response = client.post(CREATE, {"community": community.pk})

    assert response.status_code == 422
    assert MemberReportIn.objects.count() == 0


def test_returned_one_shows_its_reason_and_is_mended(person, stranger):
    row = MemberReportInFactory(
        user=stranger, state=State.RETURNED, return_reason="写清时间"
    )
    assert "写清时间" in text_of(person.get(url("edit", row)))

    person.post(url("edit", row), {"free_times": "周末", "initial-free_times": ""})

    row.refresh_from_db()
    assert (row.state, row.free_times) == (State.SUBMITTED, "周末")


def test_saving_an_old_page_keeps_what_a_merger_changed(person, stranger):
    old, new = OrganizationFactory(), OrganizationFactory()
    row = MemberReportInFactory(user=stranger, organization=old, signed=True)
    typed = f"{old.name}（{old.unit_name}）"
    MemberReportIn.objects.update(organization=new)

    person.post(
        url("edit", row),
        {
            "organization": typed,
            "initial-organization": typed,
            "skills": "急救",
            "initial-skills": "",
        },
    )

    row.refresh_from_db()
    assert (row.organization, row.skills) == (new, "急救")


def test_person_withdraws_and_reads_that(person, stranger):
    row = MemberReportInFactory(user=stranger)

    response = person.post(url("end", row), follow=True)

    row.refresh_from_db()
    assert row.state == State.ENDED
    assert "报到已撤回" in text_of(response)


@pytest.mark.parametrize("name", ["detail", "edit"])
def test_stranger_gets_404(name, person):
    assert person.get(url(name, MemberReportInFactory())).status_code == 404


def test_stranger_cannot_end_anothers(person):
    row = MemberReportInFactory()

    assert person.post(url("end", row)).status_code == 404


def test_official_cannot_end_a_members(desk, community):
    row = MemberReportInFactory(community=community)

    assert desk.post(url("end", row)).status_code == 403


# /me/ -----------------------------------------------------------------------


def test_me_shows_the_home_and_the_units_pairing(person, stranger, community):
    branch = OrganizationFactory()
    paired = PairingFactory(organization=branch)
    MemberReportInFactory(
        user=stranger, community=community, organization=branch, signed=True
    )

    page = text_of(person.get(ME))

    assert community.get_absolute_url() in page
    assert paired.community.get_absolute_url() in page
    assert "2026年1月1日" in page


def test_me_says_what_to_do_when_there_is_nothing(person):
    page = text_of(person.get(ME))

    assert "还没有向居住的社区报到" in page
    assert CREATE in page


def test_me_shows_the_posts_one_holds(person, stranger):
    held = PostHoldingFactory(user=stranger)
    given_up = PostHoldingFactory(user=stranger, ended_at=timezone.now())

    page = text_of(person.get(ME))

    assert held.post.title in page
    assert given_up.post.title not in page


# The community --------------------------------------------------------------


def test_list_shows_who_waits_with_a_masked_number(desk, community):
    waiting = MemberReportInFactory(
        community=community, user__phone="+8613812345678", skills="水电"
    )
    MemberReportInFactory()

    response = desk.get(LIST)

    assert list(response.context["page"]) == [waiting]
    assert "138****5678" in text_of(response)
    assert "13812345678" not in text_of(response)


@pytest.mark.parametrize(
    ("group", "state"),
    [
        ("waiting", State.SUBMITTED),
        ("returned", State.RETURNED),
        ("active", State.ACTIVE),
        ("ended", State.TRANSFERRED),
    ],
)
def test_list_is_divided_by_state(group, state, desk, community):
    days = {"starts_on": timezone.localdate()}
    for each in State:
        MemberReportInFactory(community=community, state=each, **days)

    response = desk.get(LIST, {"group": group})

    assert {row.state for row in response.context["page"]} <= {state, State.ENDED}
    assert state in {row.state for row in response.context["page"]}


def test_list_finds_skills(desk, community):
    MemberReportInFactory(community=community, skills="书法")
    found = MemberReportInFactory(community=community, skills="水电维修")

    response = desk.get(LIST, {"text": "水电"})

    assert list(response.context["page"]) == [found]


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_questions(
    number, desk, community, django_assert_num_queries
):
    for _each in range(number):
        row = MemberReportInFactory(community=community)
        row.posts.add(ServicePostFactory(community=community))

    with django_assert_num_queries(11):
        desk.get(LIST)


def test_htmx_gets_the_rows_only(desk, community):
    MemberReportInFactory(community=community)

    response = desk.get(LIST, headers={"HX-Request": "true"})

    assert "<html" not in text_of(response)


def test_old_community_sees_that_it_ended_and_not_the_new_address(
    desk, community, stranger
):
    MemberReportInFactory(
        user=stranger,
        community=community,
        state=State.TRANSFERRED,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )
    new = MemberReportInFactory(
        user=stranger, community=CommunityFactory(name="新住处社区"), signed=True
    )

    page = text_of(desk.get(LIST, {"group": "ended"}))

    assert "已转出" in page
    assert "新住处社区" not in page
    assert desk.get(url("detail", new)).status_code == 404


def test_page_of_an_ended_one_shows_no_number_and_no_skills(desk, community):
    row = MemberReportInFactory(
        community=community,
        user__phone="+8613812345678",
        skills="水电维修",
        state=State.ENDED,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )

    page = text_of(desk.get(url("detail", row)))

    assert "5678" not in page
    assert "水电维修" not in page


def test_official_signs(desk, community):
    row = MemberReportInFactory(community=community)

    response = desk.post(url("answer", row), {"decision": "sign"})

    row.refresh_from_db()
    assert (response.status_code, response.url) == (302, LIST)
    assert row.state == State.ACTIVE


def test_returning_without_a_reason_is_refused(desk, community):
    row = MemberReportInFactory(community=community)

    response = desk.post(url("answer", row), {"decision": "return", "reason": ""})

    row.refresh_from_db()
    assert (response.status_code, row.state) == (422, State.SUBMITTED)
    assert "请写明退回理由" in text_of(response)


def test_official_returns_with_a_reason(desk, community):
    row = MemberReportInFactory(community=community)

    desk.post(url("answer", row), {"decision": "return", "reason": "住址不符"})

    row.refresh_from_db()
    assert (row.state, row.return_reason) == (State.RETURNED, "住址不符")


def test_second_signing_says_that_it_is_done(desk, community):
    row = MemberReportInFactory(community=community, signed=True)

    response = desk.post(url("answer", row), {"decision": "sign"}, follow=True)

    assert "不用再办理" in text_of(response)


def test_official_may_not_answer_their_own(desk, official, community):
    own = MemberReportInFactory(community=community, user=official)

    response = desk.post(url("answer", own), {"decision": "sign"})

    own.refresh_from_db()
    assert (response.status_code, own.state) == (403, State.SUBMITTED)
    assert url("answer", own) not in text_of(desk.get(url("detail", own)))


def test_official_of_another_community_gets_404(desk):
    row = MemberReportInFactory()

    assert desk.post(url("answer", row), {"decision": "sign"}).status_code == 404


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_other_roles_see_no_persons(role, signed_in):
    row = MemberReportInFactory(signed=True)
    client = signed_in(MembershipFactory(role=role).user)

    assert client.get(LIST).status_code == 403
    assert client.get(url("detail", row)).status_code == 404
