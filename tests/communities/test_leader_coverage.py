"""Coverage of leader links against a table made by hand."""

from datetime import date, timedelta

import pytest

from communities.actions import save_organization
from communities.actions.history import keep_version
from communities.models import Community, LeaderLink, Organization
from communities.queries.leaders import (
    district_coverage,
    filtered_coverage,
    leader_coverage,
    organizations_linked_to,
)
from tests.factories.communities import CommunityFactory, OrganizationFactory
from tests.factories.leaders import (
    LeaderFactory,
    LeaderLinkFactory,
    LeaderTermFactory,
    LeadingPostFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 15)
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
SECOND = LeaderLink.Slot.SECOND


def unit(name: str) -> Organization:
    root = Organization.objects.filter(parent=None).first()
    values = {"parent": root} if root else {"parent__unit_name": "区直机关工委"}
    return OrganizationFactory(unit_name=name, name=f"{name}党支部", **values)


def seat(organization, leader, **term):
    post = LeadingPostFactory(organization=organization)
    if leader:
        LeaderTermFactory(post=post, leader=leader, **term)
    return post


def link(leader, *slots, **values):
    for slot in slots or LeaderLink.Slot:
        LeaderLinkFactory(leader=leader, slot=slot, **values)


@pytest.fixture
def district(db):
    """Five units: their seats and links on 15 June 2026, as in the table below.

    某局 | 甲 holds two posts, linked twice | 乙 linked once | a post vacant
    某办 | 甲 holds a third post | 丙 linked until yesterday | 丁 left yesterday
    某会 | 戊 linked from tomorrow | 己 second link without a community
    某院 | one post, vacant
    某站 | nothing written down yet
    """
    units = {name: unit(name) for name in ("某局", "某办", "某会", "某院", "某站")}
    bureau, office, union, court, _station = units.values()
    first, second, third, gone, soon, labelled = LeaderFactory.create_batch(
        6, organization=bureau
    )
    seat(bureau, first)
    seat(bureau, first)
    seat(bureau, second)
    seat(bureau, None)
    seat(office, first)
    seat(office, third)
    seat(office, gone, ends_on=YESTERDAY)
    seat(union, soon)
    seat(union, labelled)
    seat(court, None)
    link(first)
    link(second, LeaderLink.Slot.COMMUNITY)
    link(third, ends_on=YESTERDAY)
    link(gone)
    link(soon, starts_on=TOMORROW)
    link(labelled, SECOND, community=None, label="中山路")
    return units


def figures(row):
    return (
        row.posts,
        row.filled,
        row.vacant,
        row.leaders,
        row.linked_twice,
        row.linked_once,
        row.missing,
        row.share,
    )


TABLE = {
    #              posts filled vacant leaders twice once none share
    "区直机关工委": (0, 0, 0, 0, 0, 0, 0, None),
    "某局": (4, 3, 1, 2, 1, 1, 0, 0.5),
    "某办": (3, 2, 1, 2, 1, 0, 1, 0.5),
    "某会": (2, 2, 0, 2, 0, 1, 1, 0.0),
    "某院": (1, 0, 1, 0, 0, 0, 0, None),
    "某站": (0, 0, 0, 0, 0, 0, 0, None),
}


def test_coverage_of_each_unit_equals_the_table_made_by_hand(district):
    found = {row.unit_name: figures(row) for row in leader_coverage(DAY)}

    assert found == TABLE


def test_coverage_of_the_district_counts_a_person_in_two_units_once(district):
    assert figures(district_coverage(DAY)) == (10, 7, 3, 5, 1, 2, 2, 0.2)


def test_coverage_of_the_day_before_counts_who_was_in_office_then(district):
    found = {row.unit_name: figures(row) for row in leader_coverage(YESTERDAY)}

    assert found["某办"] == (3, 3, 0, 3, 3, 0, 0, 1.0)


def test_coverage_of_the_day_after_counts_links_that_began(district):
    found = {row.unit_name: figures(row) for row in leader_coverage(TOMORROW)}

    assert found["某会"] == (2, 2, 0, 2, 1, 1, 0, 0.5)


def test_coverage_before_any_post_is_empty(district):
    rows = leader_coverage(date(2025, 12, 31))

    assert {figures(row) for row in rows} == {TABLE["某站"]}


def test_coverage_is_narrowed_to_the_organisations_given(district):
    only = [district["某会"]]

    rows = leader_coverage(DAY, only)

    assert [figures(row) for row in rows] == [TABLE["某会"]]
    assert figures(district_coverage(DAY, only)) == TABLE["某会"]


def test_coverage_shows_the_name_a_unit_bore_on_the_day(district):
    bureau = district["某局"]
    bureau.unit_name = "某新局"
    save_organization(organization=bureau, by=None)
    bureau.versions.all().delete()
    bureau.unit_name = "某局"
    keep_version(bureau)
    bureau.unit_name = "某新局"
    keep_version(bureau, on=TOMORROW)

    names = [
        {row.unit_name for row in leader_coverage(day, [bureau])}
        for day in (DAY, TOMORROW)
    ]

    assert names == [{"某局"}, {"某新局"}]


def test_branch_below_its_unit_is_no_unit_until_it_has_posts(district):
    bureau = district["某局"]
    committee = OrganizationFactory(
        unit_name="某厅", kind=Organization.Kind.COMMITTEE, parent=bureau.parent
    )
    branch = OrganizationFactory(unit_name="某厅", parent=committee)

    before = [row.organization for row in leader_coverage(DAY, [committee, branch])]
    LeadingPostFactory(organization=branch)
    after = [row.organization for row in leader_coverage(DAY, [committee, branch])]

    assert (before, after) == ([committee], [committee, branch])


def test_unit_that_had_ended_is_left_out(district):
    Organization.objects.filter(unit_name="某站").update(ends_on=YESTERDAY)

    names = {row.unit_name for row in leader_coverage(DAY)}

    assert names == set(TABLE) - {"某站"}


def test_coverage_is_filtered_and_sorted(district):
    rows = leader_coverage(DAY)

    gaps = [r.unit_name for r in filtered_coverage(rows, only_gaps=True, sort="share")]

    assert gaps == ["某会", "某局", "某办"]
    assert [r.unit_name for r in filtered_coverage(rows, text="mou yuan")] == []
    assert [r.unit_name for r in filtered_coverage(rows, text="某院")] == ["某院"]


def test_units_are_found_by_the_street_of_their_links(district):
    community: Community = CommunityFactory()
    leader = LeaderFactory(organization=district["某院"])
    seat(district["某院"], leader)
    LeaderLinkFactory(leader=leader, community=community)

    found = organizations_linked_to(community.subdistrict, day=DAY)

    assert found == {district["某院"].pk}


def test_coverage_takes_a_fixed_number_of_queries(district, django_assert_num_queries):
    # Posts, terms, links, organisations, their names of the day.
    with django_assert_num_queries(5):
        leader_coverage(DAY)
