"""What merges and splits of units and communities make of pairings."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from communities.actions import plan_change
from communities.actions.handovers.pairings import PairingHandover
from communities.actions.notices import withdraw_notice
from communities.models import Pairing, RegisterChange
from core.audit import history_of
from tests.communities.notices import WHOLE, publish
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    PairingFactory,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 7, 1)
DAY = timedelta(days=1)
HANDOVER = PairingHandover()


def on(text):
    """ "7-1" as a day of 2026; "" as none."""
    return date(2026, *map(int, text.split("-"))) if text else None


def periods(rows):
    """Like "1-1..6-30 7-1..": the periods of rows in order."""
    return " ".join(
        f"{_short(row.starts_on)}..{_short(row.ends_on)}"
        for row in rows.valid().order_by("starts_on")
    )


def _short(day):
    return f"{day.month}-{day.day}" if day else ""


def make(text, **values):
    """Rows for periods like "1-1..6-30 9-1.."."""
    for period in text.split():
        first, last = period.split("..")
        PairingFactory(starts_on=on(first), ends_on=on(last), **values)


@pytest.fixture
def taker():
    return OrganizationFactory()


CASES = {
    # old, the successor's own -> old after, the successor's after
    "open": ("1-1..", "", "1-1..6-30", "7-1.."),
    "ends-later": ("1-1..12-31", "", "1-1..6-30", "7-1..12-31"),
    "begins-later": ("9-1..", "", "", "9-1.."),
    "begins-that-day": ("7-1..", "", "", "7-1.."),
    "past": ("1-1..6-30", "", "1-1..6-30", ""),
    "two": ("1-1..8-31 10-1..", "", "1-1..6-30", "7-1..8-31 10-1.."),
    "own-open": ("1-1..", "3-1..", "1-1..6-30", "3-1.."),
    "own-ends-earlier": ("1-1..", "3-1..8-31", "1-1..6-30", "3-1..8-31 9-1.."),
    "own-ends-later": ("1-1..8-31", "3-1..10-31", "1-1..6-30", "3-1..10-31"),
    "own-begins-later": ("1-1..", "9-1..", "1-1..6-30", "7-1..8-31 9-1.."),
    "own-ended": ("1-1..", "1-1..6-30", "1-1..6-30", "1-1..6-30 7-1.."),
    "own-amid": ("1-1..", "8-1..8-31", "1-1..6-30", "7-1..7-31 8-1..8-31 9-1.."),
    "own-after": ("1-1..7-31", "8-1..", "1-1..6-30", "7-1..7-31 8-1.."),
}


@pytest.mark.parametrize(
    ("old", "own", "old_after", "own_after"), CASES.values(), ids=CASES
)
def test_two_merged_units_make_one_pairing_with_a_community(
    organization, community, taker, old, own, old_after, own_after
):
    make(old, organization=organization, community=community)
    make(own, organization=taker, community=community)

    HANDOVER.move(organization, taker, on=ON, by=None)

    assert periods(organization.pairings) == old_after
    assert periods(taker.pairings) == own_after


@pytest.mark.parametrize(
    ("old", "own", "old_after", "own_after"), CASES.values(), ids=CASES
)
def test_two_merged_communities_make_one_pairing_with_a_unit(
    organization, community, old, own, old_after, own_after
):
    taker = CommunityFactory()
    make(old, organization=organization, community=community)
    make(own, organization=organization, community=taker)

    HANDOVER.move(community, taker, on=ON, by=None)

    assert periods(community.pairings) == old_after
    assert periods(taker.pairings) == own_after


def test_the_successors_row_has_notice_and_details_of_the_old_one(organization, taker):
    old = PairingFactory(
        organization=organization,
        is_lead=True,
        leader_name="某领导",
        leader_title="主任",
        contact_name="某甲",
        contact_phone="+8613800000001",
        remark="每月一次",
    )

    moved = HANDOVER.move(organization, taker, on=ON, by=None)

    new = taker.pairings.get()
    same = ["community", "notice", "is_lead", "leader_name", "leader_title",
            "contact_name", "contact_phone", "remark"]  # fmt: skip
    assert [getattr(new, name) for name in same] == [
        getattr(old, name) for name in same
    ]
    assert (moved, new.continues) == (1, old)
    assert history_of(old).last().verb == "communities.pairing_ended"
    assert history_of(new).last().verb == "communities.pairing_created"


def test_only_the_named_pairings_go(organization, taker):
    going = PairingFactory(organization=organization)
    staying = PairingFactory(organization=organization)

    HANDOVER.move(organization, taker, on=ON, by=None, keys={str(going.pk)})

    staying.refresh_from_db()
    assert staying.ends_on is None
    assert [row.community for row in taker.pairings.all()] == [going.community]


# One lead a unit ------------------------------------------------------------


def leads(organization, day=ON):
    rows = Pairing.objects.on(day).filter(organization=organization, is_lead=True)
    return [row.community for row in rows]


def test_the_successors_own_lead_wins(organization, taker):
    PairingFactory(organization=organization, is_lead=True)
    own = PairingFactory(organization=taker, is_lead=True)

    HANDOVER.move(organization, taker, on=ON, by=None)

    assert leads(taker) == [own.community]
    assert Pairing.objects.on(ON).filter(organization=taker).count() == 2


@pytest.mark.parametrize("began", ["3-1", "7-1"])
def test_a_unit_keeps_a_lead_when_its_two_communities_become_one(
    organization, community, began
):
    taker = CommunityFactory()
    PairingFactory(organization=organization, community=community, is_lead=True)
    make(f"{began}..", organization=organization, community=taker)

    HANDOVER.move(community, taker, on=ON, by=None)

    assert leads(organization, ON - DAY) == [community]
    assert leads(organization) == [taker]
    assert Pairing.objects.on(ON).count() == 1


# Days with an activity ------------------------------------------------------


@pytest.fixture
def held_on():
    """A pairing under which something took place, eight days after `ON`."""
    pairing = PairingFactory()
    start = timezone.make_aware(datetime(2026, 7, 9, 9))
    ActivityFactory(
        organization=pairing.organization,
        community=pairing.community,
        title="清洁家园",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        state="approved",
    )
    return pairing


@pytest.mark.parametrize("side", ["organization", "community"])
def test_the_day_of_an_activity_keeps_the_old_pairing(held_on, taker, side):
    to = taker if side == "organization" else CommunityFactory()

    HANDOVER.move(getattr(held_on, side), to, on=ON, by=None)

    assert periods(getattr(held_on, side).pairings) == "1-1..7-9"
    assert periods(to.pairings) == "7-10.."


def test_the_list_says_for_which_activity_the_old_pairing_is_kept(held_on, taker):
    (held,) = HANDOVER.held(held_on.organization, on=ON, to=taker)

    assert "自2026年7月10日（周五）起" in held.outcome
    assert "《清洁家园》当天仍按原结对" in held.outcome


# What is touched, told before -----------------------------------------------


def test_what_would_go_is_listed_and_nothing_written(organization, community, taker):
    pairing = PairingFactory(
        organization=organization, community=community, is_lead=True
    )
    PairingFactory(organization=organization, ends_on=ON - DAY)

    (alone,) = HANDOVER.held(organization, on=ON, to=taker)
    PairingFactory(organization=taker, community=community)
    (both,) = HANDOVER.held(organization, on=ON, to=taker)

    assert alone.key == str(pairing.pk)
    assert alone.text == f"{organization.unit_name} — {community}（牵头）"
    assert alone.outcome == f"自2026年7月1日（周三）起由{taker}承接"
    assert both.outcome == f"{taker}已有这一结对，自2026年7月1日（周三）起合为一对"
    assert HANDOVER.kept(organization, on=ON) == 2
    pairing.refresh_from_db()
    assert pairing.ends_on is None


def test_a_pairing_goes_to_the_highest_organisation_of_the_unit(organization, taker):
    branch = OrganizationFactory(parent=taker.parent, unit_name=taker.unit_name)
    branch.parent = taker
    PairingFactory(organization=organization)

    HANDOVER.move(organization, branch, on=ON, by=None)

    assert periods(taker.pairings) == "7-1.."


def test_what_stays_in_the_unit_is_not_touched(organization):
    branch = OrganizationFactory(unit_name=organization.unit_name)
    branch.parent = organization
    PairingFactory(organization=organization)

    assert HANDOVER.held(organization, on=ON, to=branch) == []
    assert HANDOVER.move(organization, branch, on=ON, by=None) == 0
    assert periods(organization.pairings) == "1-1.."


# Notices dated ahead --------------------------------------------------------


def test_a_withdrawn_notice_lifts_the_end_it_set_for_the_successor(
    organization, community, taker
):
    today = timezone.localdate()
    PairingFactory(organization=organization, community=community)
    other = PairingFactory()
    publish(
        (other.organization.unit_name, other.community.name),
        kind=WHOLE,
        starts_on=today + 30 * DAY,
    )
    notice = Pairing.objects.get(organization=organization).ended_by

    HANDOVER.move(organization, taker, on=today, by=None)
    withdraw_notice(notice=notice, reason="文件有误", by=None)

    assert Pairing.objects.get(organization=organization).ends_on == today - DAY
    assert taker.pairings.get().ends_on is None


# Through the changes themselves ----------------------------------------------


def test_merging_two_units_paired_with_one_community_makes_one_pairing(
    organization, community, taker
):
    PairingFactory(organization=organization, community=community)
    PairingFactory(organization=taker, community=community)

    plan_change(
        target=organization,
        kind=RegisterChange.Kind.MERGE,
        effective_on=ON,
        details={"successor": taker.pk},
        by=None,
    )

    held = Pairing.objects.filter(community=community)
    assert [row.organization for row in held.on(ON)] == [taker]
    assert {row.organization for row in held.on(ON - DAY)} == {organization, taker}


def test_merging_two_communities_of_one_unit_makes_one_pairing(organization, community):
    other = CommunityFactory(subdistrict=community.subdistrict)
    PairingFactory(organization=organization, community=community)
    PairingFactory(organization=organization, community=other)

    plan_change(
        target=community,
        kind=RegisterChange.Kind.MERGE,
        effective_on=ON,
        details={"successor": other.pk},
        by=None,
    )

    held = Pairing.objects.filter(organization=organization)
    assert [row.community for row in held.on(ON)] == [other]
    assert {row.community for row in held.on(ON - DAY)} == {community, other}
