"""Pages of leading teams: coverage, one team, its changes, the fragments."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import LeaderLink, LeaderTerm, LeadingPost
from communities.queries.leader_teams import (
    desk_leaders,
    leaders_of_community,
    leaders_of_organization,
)
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.factories.leaders import (
    LeaderFactory,
    LeaderLinkFactory,
    LeaderTermFactory,
    LeadingPostFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("communities:leader_list")
TODAY = timezone.localdate()


def page_of(name, *args):
    return reverse(f"communities:{name}", args=args)


def units_of(response):
    return [row.organization for row in response.context["page"]]


@pytest.fixture
def term(organization):
    return LeaderTermFactory(
        post__organization=organization,
        post__title="局长",
        leader__name="某甲",
        starts_on=date(2026, 1, 1),
    )


# The list -------------------------------------------------------------------


def test_person_without_a_role_may_not_see_coverage(signed_in, stranger):
    assert signed_in(stranger).get(LIST).status_code == 403


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_roles_of_the_district_see_all_units_and_the_total(signed_in, role, term):
    LeaderTermFactory()

    response = signed_in(MembershipFactory(role=role).user).get(LIST)

    assert {term.post.organization} < set(units_of(response))
    assert response.context["total"].leaders == 2


def test_unit_official_sees_the_own_unit_and_no_total(signed_in, unit_official, term):
    LeaderTermFactory()

    response = signed_in(unit_official).get(LIST)

    assert units_of(response) == [term.post.organization]
    assert response.context["total"] is None


@pytest.mark.parametrize("role", ["street", "community"])
def test_others_see_units_with_a_leader_linked_to_their_communities(
    signed_in, community, role, term
):
    LeaderTermFactory()
    LeaderLinkFactory(leader=term.leader, community=community)
    scope = {
        "street": {"subdistrict": community.subdistrict},
        "community": {"community": community},
    }[role]

    response = signed_in(MembershipFactory(role=role, **scope).user).get(LIST)

    assert units_of(response) == [term.post.organization]


def test_list_is_as_of_a_day_and_keeps_it_in_its_links(
    signed_in, unit_official, organization
):
    LeaderTermFactory(post__organization=organization, ends_on=date(2026, 3, 31))

    response = signed_in(unit_official).get(LIST, {"day": "2026-03-31"})

    assert [row.leaders for row in response.context["page"]] == [1]
    assert f"{page_of('leader_team', organization.pk)}?day=2026-03-31" in (
        response.content.decode()
    )


def test_list_is_narrowed_to_gaps_and_streets_and_sorted(
    signed_in, office_official, term, community
):
    full = LeaderTermFactory()
    for slot in LeaderLink.Slot:
        LeaderLinkFactory(leader=full.leader, slot=slot)
    LeaderLinkFactory(leader=term.leader, community=community)
    client = signed_in(office_official)

    gaps = units_of(client.get(LIST, {"only_gaps": "on"}))
    here = units_of(client.get(LIST, {"street": community.subdistrict_id}))
    by_share = units_of(client.get(LIST, {"sort": "share"}))

    assert gaps == here == [term.post.organization]
    assert by_share[:2] == [term.post.organization, full.post.organization]


@pytest.mark.parametrize("query", [{"day": "x"}, {"sort": "x"}, {"street": "x"}])
def test_query_that_makes_no_sense_is_answered_in_words(
    signed_in, office_official, query
):
    response = signed_in(office_official).get(LIST, query)

    assert response.status_code == 200
    assert response.context["form"].errors


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(
    signed_in, office_official, django_assert_num_queries, count
):
    LeaderTermFactory.create_batch(count)
    client = signed_in(office_official)

    # Session, user, roles, unread messages, streets; posts, terms, links twice;
    # organisations and their names.
    with django_assert_num_queries(13):
        client.get(LIST)


def test_htmx_gets_the_rows_alone(signed_in, office_official):
    response = signed_in(office_official).get(LIST, headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()


# One team -------------------------------------------------------------------


def test_team_shows_holders_vacancies_and_missing_links(signed_in, unit_official, term):
    LeadingPostFactory(organization=term.post.organization, title="副局长")
    LeaderLinkFactory(leader=term.leader, community__name="湖内社区")

    page = (
        signed_in(unit_official)
        .get(page_of("leader_team", term.post.organization_id))
        .content.decode()
    )

    for words in ("局长", "某甲", "湖内社区", "副局长", "空缺", "未挂钩"):
        assert words in page


def test_team_of_another_unit_is_not_found(signed_in, unit_official):
    other = OrganizationFactory()

    response = signed_in(unit_official).get(page_of("leader_team", other.pk))

    assert response.status_code == 404


def test_team_of_a_past_day_is_shown_without_buttons(signed_in, unit_official, term):
    url = page_of("leader_team", term.post.organization_id)

    response = signed_in(unit_official).get(url, {"day": "2025-12-31"})

    assert response.context["seats"] == []
    assert not response.context["can_manage"]
    assert "某甲" in response.content.decode()  # in the history, as planned


def test_team_lists_links_of_those_who_left(signed_in, unit_official, term):
    link = LeaderLinkFactory(leader=term.leader)
    LeaderTerm.objects.update(ends_on=TODAY - timedelta(days=1))

    response = signed_in(unit_official).get(
        page_of("leader_team", term.post.organization_id)
    )

    assert response.context["stray"] == [link]


# Changes --------------------------------------------------------------------


def test_official_builds_a_team(signed_in, unit_official, organization, community):
    client = signed_in(unit_official)
    team = page_of("leader_team", organization.pk)

    answers = [
        client.post(
            page_of("leading_post_create", organization.pk),
            {"title": "局长", "rank": 1, "starts_on": "2026-01-01"},
        )
    ]
    post = LeadingPost.objects.get()
    answers.append(
        client.post(
            page_of("leader_appoint", post.pk),
            {"name": "某甲", "starts_on": "2026-01-01"},
        )
    )
    leader = LeaderTerm.objects.get().leader
    answers += [
        client.post(
            page_of("leader_link", leader.pk, "community"),
            {"community": community.pk, "starts_on": "2026-01-01"},
        ),
        client.post(
            page_of("leader_link", leader.pk, "second"),
            {"label": "中山路", "starts_on": "2026-01-01"},
        ),
    ]

    assert [answer.url for answer in answers] == [team] * 4
    [seat] = client.get(team).context["seats"]
    assert (seat.holder, seat.link_names) == (leader, [community.name, "中山路"])


def test_official_takes_a_team_apart(signed_in, unit_official, term):
    link = LeaderLinkFactory(leader=term.leader)
    client = signed_in(unit_official)
    last = {"last_day": "2026-03-31"}

    for name, row in [
        ("leader_link_end", link),
        ("leader_term_end", term),
        ("leading_post_end", term.post),
    ]:
        assert client.post(page_of(name, row.pk), last).status_code == 302

    for row in (link, term, term.post):
        row.refresh_from_db()
        assert row.ends_on == date(2026, 3, 31)


@pytest.mark.parametrize("name", ["leading_post_end", "leader_term_end"])
def test_ending_says_what_follows_before_it_asks(signed_in, unit_official, term, name):
    row = term if name == "leader_term_end" else term.post

    page = signed_in(unit_official).get(page_of(name, row.pk)).content.decode()

    before, _, form = page.partition("这样做以后：")
    assert "最后一天过后" in form
    assert ("btn--danger" in form, 'name="last_day"' in before) == (True, False)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("leader_appoint", {"starts_on": "2026-05-01"}, "请选择已登记的成员"),
        ("leader_appoint", {"name": "某乙", "starts_on": "2026-05-01"}, "先结束它"),
        ("leader_appoint", {"name": "某\u202e乙", "starts_on": "2026-05-01"}, "不可见"),
        ("leading_post_end", {"last_day": "2026-05-01"}, "先办理离任"),
        ("leading_post_end", {"last_day": ""}, "请填写这一项"),
    ],
    ids=["nobody", "held", "unseen", "in-office", "no-day"],
)
def test_bad_input_comes_back_with_words(
    signed_in, unit_official, term, name, typed, words
):
    response = signed_in(unit_official).post(page_of(name, term.post.pk), typed)

    assert response.status_code == 422
    assert words in response.content.decode()


@pytest.mark.parametrize("slot", ["third", "x" * 300])
def test_slot_that_is_none_is_not_found(signed_in, unit_official, term, slot):
    url = page_of("leader_link", term.leader.pk, slot)

    assert signed_in(unit_official).get(url).status_code == 404


def deeds(term, link):
    return [
        page_of("leading_post_create", term.post.organization_id),
        page_of("leading_post_end", term.post.pk),
        page_of("leader_appoint", term.post.pk),
        page_of("leader_term_end", term.pk),
        page_of("leader_link", term.leader.pk, "second"),
        page_of("leader_link_end", link.pk),
    ]


def test_who_only_sees_a_team_changes_nothing_in_it(signed_in, office_official, term):
    link = LeaderLinkFactory(leader=term.leader)
    client = signed_in(office_official)

    answers = {client.post(url).status_code for url in deeds(term, link)}

    assert answers == {403}


def test_official_of_another_unit_finds_nothing_to_change(signed_in, term):
    link = LeaderLinkFactory(leader=term.leader)
    other = MembershipFactory(role="unit", organization=OrganizationFactory()).user
    client = signed_in(other)

    answers = {client.post(url).status_code for url in deeds(term, link)}

    assert answers == {404}


def test_person_of_another_unit_is_no_choice(signed_in, unit_official, term):
    foreign = LeaderFactory()
    post = LeadingPostFactory(organization=term.post.organization)

    response = signed_in(unit_official).post(
        page_of("leader_appoint", post.pk),
        {"leader": foreign.pk, "starts_on": "2026-05-01"},
    )

    assert response.status_code == 422
    assert not foreign.terms.exists()


# Fragments ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees"), [(None, False), ("office", True), ("community", False)]
)
def test_names_of_a_team_are_for_officials_in_scope(term, stranger, role, sees):
    scope = {"community": CommunityFactory()} if role == "community" else {}
    user = MembershipFactory(role=role, **scope).user if role else stranger

    found = leaders_of_organization(term.post.organization, user=user, day=TODAY)

    assert found["shows_names"] is sees
    assert [seat.post for seat in found["seats"]] == [term.post]


@pytest.mark.parametrize(
    ("role", "name"),
    [(None, ""), ("office", "某甲"), ("own", "某甲"), ("other", ""), ("unit", "某甲")],
)
def test_names_at_a_community_are_for_officials_in_scope(
    term, stranger, community, role, name
):
    LeaderLinkFactory(leader=term.leader, community=community)
    user = {
        None: lambda: stranger,
        "office": lambda: MembershipFactory(role="office").user,
        "own": lambda: MembershipFactory(role="community", community=community).user,
        "other": lambda: (
            MembershipFactory(role="community", community=CommunityFactory()).user
        ),
        "unit": lambda: (
            MembershipFactory(role="unit", organization=term.post.organization).user
        ),
    }[role]()

    [entry] = leaders_of_community(community, user=user, day=TODAY)

    assert entry["name"] == name
    assert entry["posts"] == [f"{term.post.organization.unit_name}局长"]


def test_leader_who_left_is_not_shown_at_the_community(term, community, stranger):
    LeaderLinkFactory(leader=term.leader, community=community)
    LeaderTerm.objects.update(ends_on=TODAY - timedelta(days=1))

    assert leaders_of_community(community, user=stranger, day=TODAY) == []


def test_desk_names_units_with_gaps(unit_official, office_official, term):
    found = desk_leaders(unit_official, TODAY)

    assert [row.organization for row in found["units"]] == [term.post.organization]
    assert (found["unit_count"], found["coverage"].leaders) == (1, 1)
    assert desk_leaders(office_official, TODAY) is None


def test_unit_without_a_team_says_so_instead_of_zeros(signed_in, unit_official):
    page = signed_in(unit_official).get(LIST).text

    assert "还没有登记领导班子" in page
    assert 'data-label="空缺"' not in page
