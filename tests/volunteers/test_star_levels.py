"""Star levels: for the person alone, and only who asked."""

import pytest
from django.urls import reverse

from tests.factories.certificates import ConfirmedRecordFactory, StarLevelFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import StarLevel
from volunteers.queries.stars import stars_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def levels():
    StarLevel.objects.all().delete()
    return [StarLevelFactory(hours=hours) for hours in (2, 4)]


@pytest.mark.parametrize(
    ("minutes", "reached", "left"),
    [(119, None, 1), (120, 0, 120), (239, 0, 1), (240, 1, 0)],
)
def test_the_level_is_read_off_the_confirmed_minutes(minutes, reached, left, levels):
    volunteer = VolunteerFactory(shows_stars=True)
    ConfirmedRecordFactory(volunteer=volunteer, minutes=minutes)
    ConfirmedRecordFactory(volunteer=volunteer, minutes=600, state="recorded")

    stars = stars_of(volunteer)

    assert stars.level == (None if reached is None else levels[reached])
    assert stars.minutes_left == left


def test_who_did_not_ask_sees_no_level(signed_in):
    volunteer = VolunteerFactory()
    ConfirmedRecordFactory(volunteer=volunteer)

    response = signed_in(volunteer.user).get(reverse("volunteers:me"))

    assert stars_of(volunteer) is None
    assert "只有您自己看得到" not in response.text


def test_who_asked_sees_their_level_on_their_own_page(signed_in):
    volunteer = VolunteerFactory(shows_stars=True)
    ConfirmedRecordFactory(volunteer=volunteer)

    response = signed_in(volunteer.user).get(reverse("volunteers:me"))

    assert "满2小时" in response.text
    assert "再服务 2.0 小时" in response.text
