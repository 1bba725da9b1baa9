"""What forms offer: communities of today, and the one a record names already."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.choices import community_choices, offered_communities
from tests.factories.communities import CommunityFactory, PairingFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.forms.volunteers import VolunteerForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended():
    return CommunityFactory(
        name="湖内社区",
        ends_on=timezone.localdate() - timedelta(days=1),
        successor=CommunityFactory(),
    )


def offered(**kwargs):
    return {
        name for _group, rows in community_choices(**kwargs)[1:] for _pk, name in rows
    }


def test_choices_leave_out_a_community_that_ended(ended):
    assert offered() == {ended.successor.name}


def test_choices_keep_the_one_that_a_record_names(ended):
    assert offered(keep=ended.pk) == {ended.successor.name, "湖内社区（已终止）"}


def test_choices_leave_out_a_paired_community_that_ended(ended):
    organization = PairingFactory(community=ended).organization
    organizations = type(organization).objects.filter(pk=organization.pk)

    assert offered(paired_with=organizations) == {ended.successor.name}


def test_choices_offer_a_community_on_its_last_day():
    last = CommunityFactory(ends_on=timezone.localdate())

    assert list(offered_communities()) == [last]


def test_home_that_ended_cannot_be_chosen_anew(ended):
    form = VolunteerForm({"home_community": ended.pk}, instance=VolunteerFactory())

    assert "home_community" in form.errors


def test_home_that_ended_stays_as_it_is(ended):
    volunteer = VolunteerFactory(home_community=ended)

    form = VolunteerForm({"home_community": ended.pk}, instance=volunteer)

    assert not form.errors
