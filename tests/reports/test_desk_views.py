"""The desk: what waits for an official, by role."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity
from communities.models import PairingImport, RegisterChange
from reports.desk import DESK_ROWS
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
)
from tests.factories.honors import HonorFactory
from tests.factories.needs import NeedFactory
from tests.factories.stories import StoryFactory
from tests.factories.volunteers import ShiftFactory
from tests.factories.wishes import PublishedWishFactory, WishFactory

pytestmark = pytest.mark.django_db
DESK = reverse("reports:desk")


def test_desk_of_a_street_shows_shifts_of_its_communities_only(signed_in, community):
    official = MembershipFactory(
        role="street", organization=None, subdistrict=community.subdistrict
    ).user
    near = ShiftFactory(community=community)
    ShiftFactory()

    response = signed_in(official).get(DESK)

    assert list(response.context["next_shifts"]) == [near]
    assert near.get_absolute_url() in response.content.decode()


def test_desk_of_a_unit_leads_to_the_rolls(signed_in, unit_official, organization):
    shift = ShiftFactory(activity__organization=organization)

    page = signed_in(unit_official).get(DESK).content.decode()

    assert reverse("volunteers:shift_roll", args=[shift.pk]) in page


@pytest.mark.parametrize(
    ("state", "deed"),
    [
        pytest.param(Activity.State.DRAFT, "添加班次并发布", id="draft"),
        pytest.param(Activity.State.RETURNED, "修改后重新提交", id="returned"),
    ],
)
def test_desk_of_a_unit_says_what_to_do_next(
    state, deed, signed_in, unit_official, organization
):
    ActivityFactory(organization=organization, state=state)

    assert deed in signed_in(unit_official).get(DESK).content.decode()


def test_desk_counts_what_waits_and_leads_there(signed_in, unit_official, organization):
    ActivityFactory.create_batch(
        2, organization=organization, state=Activity.State.RETURNED
    )

    response = signed_in(unit_official).get(DESK)

    page = response.content.decode()
    assert waiting(response)["activities"] == 2
    assert 'href="#desk-activities"' in page
    assert 'id="desk-activities"' in page


def many_drafts_of_needs(number):
    community = CommunityFactory()
    NeedFactory.create_batch(number, community=community)
    return MembershipFactory(
        role="community", organization=None, community=community
    ).user


def many_drafts_of_wishes(number):
    community = CommunityFactory()
    WishFactory.create_batch(number, community=community)
    return MembershipFactory(
        role="community", organization=None, community=community
    ).user


def many_applied_honors(number):
    HonorFactory.create_batch(number, applied=True)
    return MembershipFactory(role="office", organization=None).user


def many_stories_handed_in(number):
    StoryFactory.create_batch(number, state="submitted", submitted_at=timezone.now())
    return MembershipFactory(role="office", organization=None).user


def many_returned_stories(number):
    member = MembershipFactory(role="unit", organization=OrganizationFactory())
    StoryFactory.create_batch(
        number, organization=member.organization, state="returned"
    )
    return member.user


def many_uploads(number):
    user = MembershipFactory(role="committee", organization=None).user
    PairingImport.objects.bulk_create(
        PairingImport(
            number=f"2026-{row}",
            starts_on=timezone.localdate(),
            rows=[],
            uploaded_by=user,
        )
        for row in range(number)
    )
    return user


def many_failed_changes(number):
    RegisterChange.objects.bulk_create(
        RegisterChange(
            community=CommunityFactory(),
            kind=RegisterChange.Kind.RENAME,
            state=RegisterChange.State.FAILED,
            effective_on=timezone.localdate(),
        )
        for _row in range(number)
    )
    return MembershipFactory(role="committee", organization=None).user


@pytest.mark.parametrize(
    ("key", "many"),
    [
        ("needs", many_drafts_of_needs),
        ("wishes", many_drafts_of_wishes),
        ("honors", many_applied_honors),
        ("stories", many_stories_handed_in),
        ("stories", many_returned_stories),
        ("notices", many_uploads),
        ("changes", many_failed_changes),
    ],
)
def test_desk_counts_more_than_it_lists_without_asking_more(key, many, signed_in):
    client = signed_in(many(1))
    with CaptureQueriesContext(connection) as one:
        assert waiting(client.get(DESK))[key] == 1

    client = signed_in(many(12))
    with CaptureQueriesContext(connection) as twelve:
        response = client.get(DESK)

    assert waiting(response)[key] >= 12
    assert len(twelve) == len(one)


def test_desk_folds_what_does_not_wait_into_one_line(signed_in, unit_official):
    response = signed_in(unit_official).get(DESK)

    quiet = [part.concern.key for part in response.context["quiet_parts"]]
    page = response.content.decode()
    assert {"whistles", "activities", "hours", "honors"} <= set(quiet)
    assert not {"honors", "hours"} & set(waiting(response))
    assert 'id="desk-honors"' not in page
    assert reverse("campaigns:honor_desk") in page


def test_desk_shows_what_is_on_offer_after_what_waits(
    signed_in, unit_official, organization
):
    community = CommunityFactory()
    PairingFactory(organization=organization, community=community)
    PublishedWishFactory(community=community)
    ActivityFactory(organization=organization, state=Activity.State.RETURNED)

    parts = waiting(signed_in(unit_official).get(DESK))

    assert parts["wishes"] == 0
    assert list(parts).index("wishes") > list(parts).index("activities")


def test_returned_activities_come_before_newer_drafts(
    signed_in, unit_official, organization
):
    returned = ActivityFactory(organization=organization, state=Activity.State.RETURNED)
    ActivityFactory.create_batch(
        DESK_ROWS + 2, organization=organization, state=Activity.State.DRAFT
    )

    block = signed_in(unit_official).get(DESK).context["activities"]

    assert block["rows"][0] == returned
    assert (len(block["rows"]), block["count"]) == (DESK_ROWS, DESK_ROWS + 3)


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("office", "campaigns:task_create"),
        ("committee", "communities:pairing_import"),
        ("auditor", None),
    ],
)
def test_desk_names_the_most_usual_deed_of_a_role_first(signed_in, role, first):
    official = MembershipFactory(role=role, organization=None).user

    deeds = signed_in(official).get(DESK).context["deeds"]

    assert (deeds[0].url_name if deeds else None) == first


def waiting(response) -> dict[str, int]:
    """By concern shown on the desk, how much of it waits; in the page's order."""
    return {part.concern.key: part.count for part in response.context["parts"]}
