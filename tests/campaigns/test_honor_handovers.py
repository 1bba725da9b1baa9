"""What mergers and splits do to honours, and who answers for them afterwards."""

import pytest

from accounts.models import Notification
from campaigns.actions.honor_awards import remind_of_honor_checks
from campaigns.models import Honor
from campaigns.queries.honor_rules import can_apply_honor
from communities.actions.touched import what_is_touched
from tests.communities.trees import MAY, Kind, change, committee
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.honors import FamilyHonorFactory, HonorFactory

pytestmark = pytest.mark.django_db

State = Honor.State
OPEN = ["draft", "applied", "returned", "checked", "notice"]


@pytest.fixture
def old():
    return committee(name="旧党委")


@pytest.fixture
def new(old):
    return committee(old.parent, name="新党委")


@pytest.mark.parametrize("state", OPEN)
def test_application_goes_to_the_successor(old, new, state):
    honor = HonorFactory(organization=old, state=state)

    change(old, Kind.MERGE, successor=new.pk)

    honor.refresh_from_db()
    assert (honor.organization, honor.state) == (new, state)


@pytest.mark.parametrize("state", [State.LAPSED, State.REVOKED, State.REJECTED])
def test_what_is_over_keeps_the_old_organisation(old, new, state):
    honor = HonorFactory(organization=old, awarded=True, state=state)

    change(old, Kind.MERGE, successor=new.pk)

    honor.refresh_from_db()
    assert honor.organization == old


def test_awarded_one_keeps_its_name_and_the_successor_gets_the_yearly_check(old, new):
    honor = HonorFactory(organization=old, awarded=True)
    official = MembershipFactory(role="unit", organization=new).user

    change(old, Kind.MERGE, successor=new.pk)

    honor.refresh_from_db()
    remind_of_honor_checks(today=honor.check_due_on)
    assert honor.organization == old
    assert can_apply_honor(official, honor)
    assert Notification.objects.filter(
        recipient=official, kind="honor_check_due"
    ).exists()


def test_family_application_goes_to_the_community_that_takes_over():
    here = CommunityFactory()
    there = CommunityFactory(subdistrict=here.subdistrict)
    honor = FamilyHonorFactory(community=here, applied=True)
    awarded = FamilyHonorFactory(community=here, awarded=True)
    official = MembershipFactory(role="community", community=there).user

    change(here, Kind.MERGE, successor=there.pk)

    honor.refresh_from_db()
    awarded.refresh_from_db()
    assert (honor.community, awarded.community) == (there, here)
    remind_of_honor_checks(today=awarded.check_due_on)
    assert Notification.objects.filter(recipient=official).exists()


def test_preview_names_no_family():
    here = CommunityFactory()
    FamilyHonorFactory(community=here, holder="林家", applied=True)
    FamilyHonorFactory(community=here, awarded=True)

    [touched] = [
        kind
        for kind in what_is_touched(here, on=MAY, to=CommunityFactory())
        if kind.name == "honors"
    ]

    assert [row.text for row in touched.rows] == ["文明家庭（待核查）"]
    assert touched.kept == 1
