"""Who was paired with whom on a day, under which names."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from communities.models import CommunityVersion, OrganizationVersion
from communities.queries.pairings import (
    earlier_pairings_of_community,
    filtered_pairings,
    pairings_of_community,
    pairings_visible_to,
)
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    PairingFactory,
)

pytestmark = pytest.mark.django_db

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 3)
NOBODY = AnonymousUser()


def renamed(organization, old, until):
    """Give the organisation another unit name up to a day."""
    OrganizationVersion.objects.filter(organization=organization).delete()
    common = {"organization": organization, "kind": organization.kind}
    OrganizationVersion.objects.create(
        **common, name=old, unit_name=old, starts_on=date(2020, 1, 1), ends_on=until
    )
    OrganizationVersion.objects.create(
        **common,
        name=organization.name,
        unit_name=organization.unit_name,
        starts_on=until + timedelta(days=1),
    )


def test_a_community_shows_the_pairings_of_the_day_with_the_names_of_the_day(
    community,
):
    pairing = PairingFactory(community=community)
    renamed(pairing.organization, "旧局", date(2026, 4, 30))

    before = pairings_of_community(community, user=NOBODY, day=MARCH)
    after = pairings_of_community(community, user=NOBODY, day=MAY)

    assert [row.organization_then.unit_name for row in before] == ["旧局"]
    assert [row.organization_then.unit_name for row in after] == [
        pairing.organization.unit_name
    ]


def test_a_pair_that_went_on_with_other_details_is_one(community):
    first = PairingFactory(community=community, ends_on=date(2026, 4, 30))
    second = PairingFactory(
        community=community,
        organization=first.organization,
        starts_on=date(2026, 5, 1),
    )

    (held,) = pairings_of_community(community, user=NOBODY, day=MAY)

    assert (held, held.since) == (second, first.starts_on)
    assert earlier_pairings_of_community(community, user=NOBODY, day=MAY) == []


def test_earlier_pairings_come_latest_first_with_their_last_names(community):
    early = PairingFactory(community=community, ends_on=date(2026, 2, 28))
    late = PairingFactory(community=community, ends_on=date(2026, 4, 30))
    PairingFactory(community=community)
    PairingFactory(community=community, ends_on=MARCH, voided_at=timezone.now())
    renamed(late.organization, "旧局", date(2026, 4, 30))

    rows = earlier_pairings_of_community(community, user=NOBODY, day=MAY)

    assert rows == [late, early]
    assert rows[0].organization_then.unit_name == "旧局"


def test_names_of_persons_are_for_those_in_scope(community):
    pairing = PairingFactory(community=community)
    own = MembershipFactory(role="unit", organization=pairing.organization).user
    other = MembershipFactory(role="community", community=CommunityFactory()).user

    shown = {
        user: pairings_of_community(community, user=user, day=MAY)[0].is_in_scope
        for user in (own, other, NOBODY)
    }

    assert shown == {own: True, other: False, NOBODY: False}


@pytest.mark.parametrize("count", [1, 3])
def test_the_pairings_of_a_community_take_a_fixed_number_of_queries(
    community, office_official, django_assert_num_queries, count
):
    PairingFactory.create_batch(count, community=community)

    # Rows, roles, rows in scope, two histories.
    with django_assert_num_queries(5):
        pairings_of_community(community, user=office_official, day=MAY)


@pytest.fixture
def three_pairings():
    """One that ended, one that holds, one planned."""
    return {
        "ended": PairingFactory(ends_on=MARCH),
        "active": PairingFactory(is_lead=True),
        "proposed": PairingFactory(starts_on=date(2026, 9, 1)),
    }


@pytest.mark.parametrize("state", ["ended", "active", "proposed"])
def test_pairings_are_narrowed_to_their_state_of_the_day(
    three_pairings, office_official, state
):
    rows = filtered_pairings(pairings_visible_to(office_official), day=MAY, state=state)

    assert list(rows) == [three_pairings[state]]


def test_pairings_are_narrowed_to_the_leading_ones(office_official):
    lead = PairingFactory(is_lead=True)
    PairingFactory()

    rows = filtered_pairings(
        pairings_visible_to(office_official), day=MAY, lead_only=True
    )

    assert list(rows) == [lead]


def test_pairings_are_found_by_the_name_of_the_day(office_official):
    pairing = PairingFactory()
    renamed(pairing.organization, "旧局", date(2026, 4, 30))
    CommunityVersion.objects.filter(community=pairing.community).delete()
    visible = pairings_visible_to(office_official)

    assert list(filtered_pairings(visible, day=MARCH, text="旧局")) == [pairing]
    assert list(filtered_pairings(visible, day=MAY, text="旧局")) == []


@pytest.mark.parametrize(
    ("order", "expected"), [("unit", "ab"), ("community", "ba"), ("since", "ba")]
)
def test_pairings_are_sorted_by_unit_community_or_first_day(
    office_official, order, expected
):
    far, near = CommunityFactory(code="350602999001"), CommunityFactory(code="1")
    far.subdistrict.code, near.subdistrict.code = "2", "1"
    far.subdistrict.save()
    near.subdistrict.save()
    names = {
        PairingFactory(community=far, starts_on=date(2026, 1, 1)): "a",
        PairingFactory(community=near, starts_on=date(2026, 2, 1)): "b",
    }

    rows = filtered_pairings(pairings_visible_to(office_official), day=MAY, order=order)

    assert "".join(names[row] for row in rows) == expected
