"""A person's own code: shown by them, read by who runs their shift."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core.qr import qr_svg
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendanceFactory, RunningShiftFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.volunteers import SignupFactory
from volunteers.codes import own_code
from volunteers.models import Attendance

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NAME = "林小芗"


@pytest.fixture
def signup(organization):
    """A person expected in a shift of `organization` that runs."""
    return SignupFactory(
        shift=RunningShiftFactory(activity__organization=organization),
        volunteer__user__display_name=NAME,
    )


@pytest.fixture
def desk(signed_in, unit_official):
    """A client of an official of `organization`."""
    return signed_in(unit_official)


def url_of(signup, ago=timedelta()):
    token = own_code(signup.volunteer_id, now=timezone.now() - ago)
    return reverse("volunteers:check_in_scanned", args=[token])


def test_own_code_is_drawn_for_today(signed_in, signup):
    page = signed_in(signup.volunteer.user).get(reverse("volunteers:own_code"))

    assert qr_svg(f"{settings.SITE_URL}{url_of(signup)}") in page.content.decode()


def test_own_code_of_who_never_signed_up_leads_to_the_shifts(signed_in, stranger):
    page = signed_in(stranger).get(reverse("volunteers:own_code")).content.decode()

    assert ('<svg class="qr"' in page, "看看班次" in page) == (False, True)


def test_scanned_code_shows_the_name_and_checks_in(desk, signup):
    page = desk.get(url_of(signup)).content.decode()
    response = desk.post(url_of(signup), {"signup": signup.pk, "deed": "in"})

    assert (NAME in page, str(signup.shift) in page) == (True, True)
    assert response.url == url_of(signup)
    assert Attendance.objects.get().check_in_method == "own_code"


def test_scanned_code_checks_out_who_is_in(desk, signup):
    AttendanceFactory(signup=signup)

    page = desk.get(url_of(signup)).content.decode()
    desk.post(url_of(signup), {"signup": signup.pk, "deed": "out"})

    assert "登记签退" in page
    assert Attendance.objects.get().check_out_method == "own_code"


def test_leader_reads_the_code_of_who_is_on_the_roll(signed_in, signup):
    leader = UserFactory()
    signup.shift.activity.leaders.add(leader)

    assert NAME in signed_in(leader).get(url_of(signup)).content.decode()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(UserFactory, id="stranger"),
        pytest.param(
            lambda: (
                MembershipFactory(role="unit", organization=OrganizationFactory()).user
            ),
            id="another unit",
        ),
        pytest.param(lambda: MembershipFactory(role="office").user, id="office"),
    ],
)
def test_scanned_code_tells_others_nothing(signed_in, signup, make):
    client = signed_in(make())

    answers = [
        client.get(url_of(signup)),
        client.post(url_of(signup), {"signup": signup.pk, "deed": "in"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert NAME not in "".join(answer.content.decode() for answer in answers)
    assert not Attendance.objects.exists()


def test_scanned_code_with_only_other_days_shifts_tells_nothing(desk, signup):
    shift = signup.shift
    shift.starts_at, shift.ends_at = shift.starts_at + 2 * DAY, shift.ends_at + 2 * DAY
    shift.save()

    response = desk.get(url_of(signup))

    assert (response.status_code, NAME in response.content.decode()) == (403, False)


@pytest.mark.parametrize("ago", [DAY, -DAY])
def test_scanned_code_of_another_day_is_refused(desk, signup, ago):
    response = desk.get(url_of(signup, ago))

    assert response.status_code == 404
    assert "本人码只在当天有效" in response.content.decode()


def test_scanned_code_takes_no_sign_up_of_another_person(desk, signup):
    other = SignupFactory(shift=signup.shift)

    response = desk.post(url_of(signup), {"signup": other.pk, "deed": "in"})

    assert response.status_code == 422
    assert not Attendance.objects.exists()


def test_own_code_scanned_by_oneself_says_whom_to_show_it(signed_in, signup):
    response = signed_in(signup.volunteer.user).get(url_of(signup))

    assert response.status_code == 403
    assert "请让负责人用他的手机扫" in response.content.decode()
