"""The volunteer's part of the day: the code on the screen, every refusal in words."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.attendance import AttendanceFactory, RunningShiftFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.codes import screen_code, short_code
from volunteers.models import Attendance, Shift, ShiftPost, Signup

pytestmark = pytest.mark.django_db
AGO = timedelta(minutes=10)


@pytest.fixture
def signup(db):
    """A person with a place in a shift that runs."""
    return SignupFactory(shift=RunningShiftFactory())


@pytest.fixture
def person(signed_in, signup):
    """A client of that person."""
    return signed_in(signup.volunteer.user)


def url_of(shift):
    return reverse("volunteers:check_in", args=[shift.pk])


def code_of(shift, ago=timedelta()):
    return screen_code(shift.pk, now=timezone.now() - ago)


def opened(client, shift, code=None):
    code = code_of(shift) if code is None else code
    return client.get(url_of(shift), {"code": code}).content.decode()


def posted(client, shift, deed="in", **values):
    data = {"code": code_of(shift), "deed": deed, **values}
    return client.post(url_of(shift), data)


def test_check_in_page_writes_nothing_by_get(person, signup):
    page = opened(person, signup.shift)

    assert '<input type="hidden" name="deed" value="in">' in page
    assert not Attendance.objects.exists()


def test_check_in_by_the_button_is_done_and_said(person, signup):
    response = posted(person, signup.shift)

    assert (response.status_code, response.url) == (302, url_of(signup.shift))
    attendance = Attendance.objects.get(signup=signup)
    clock = timezone.localtime(attendance.checked_in_at).strftime("%H:%M")
    page = person.get(response.url).content.decode()
    assert f"已于 {clock} 签到。" in page
    assert attendance.check_in_method == "screen"


def test_check_in_by_the_code_typed_in_is_done(person, signup):
    shift = signup.shift
    typed = short_code(shift.pk, now=timezone.now()).lower()

    response = posted(person, shift, code=typed)

    assert response.status_code == 302
    assert Attendance.objects.filter(signup=signup).exists()


def test_second_scan_at_once_says_since_when_and_offers_nothing(person, signup):
    posted(person, signup.shift)

    page = opened(person, signup.shift)

    assert ("签到。" in page, 'name="deed"' in page) == (True, False)


def test_check_in_posted_twice_never_checks_out(person, signup):
    attendance = AttendanceFactory(signup=signup)

    response = posted(person, signup.shift, deed="in")

    assert response.status_code == 422
    assert "没有办成" in response.content.decode()
    attendance.refresh_from_db()
    assert attendance.checked_out_at is None


def test_scan_minutes_later_offers_the_check_out(person, signup):
    attendance = AttendanceFactory(signup=signup, checked_in_at=timezone.now() - AGO)

    page = opened(person, signup.shift)
    response = posted(person, signup.shift, deed="out")

    assert '<input type="hidden" name="deed" value="out">' in page
    assert response.status_code == 302
    attendance.refresh_from_db()
    assert attendance.check_out_method == "screen"


@pytest.mark.parametrize(
    ("make_code", "text"),
    [
        pytest.param(lambda shift: "9" * 500, "这不是签到码", id="odd"),
        pytest.param(lambda shift: f"{shift.pk}.1.AAAAAAAA", "签到码不对", id="forged"),
        pytest.param(lambda shift: code_of(shift, AGO), "签到码已过期", id="expired"),
        pytest.param(
            lambda shift: code_of(ShiftFactory(title="另一个岗位")),
            "另一个岗位”签到",
            id="other shift",
        ),
    ],
)
def test_code_without_worth_is_refused_in_words(person, signup, make_code, text):
    code = make_code(signup.shift)

    page = opened(person, signup.shift, code)
    response = posted(person, signup.shift, code=code)

    assert (text in page, text in response.content.decode()) == (True, True)
    assert response.status_code == 422
    assert not Attendance.objects.exists()


def test_other_shift_nobody_may_see_is_not_named(person, signup):
    other = ShiftFactory(title="别人的草稿", activity__state="draft")

    page = opened(person, signup.shift, code_of(other))

    assert ("这是别的班次的签到码" in page, "别人的草稿" in page) == (True, False)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"state": "cancelled"}, "该班次已取消"),
        ({"state": "settled"}, "该班次已结算"),
        ({"starts_at": 3, "ends_at": 5, "signup_closes_at": 2}, "还没到签到时间"),
        ({"starts_at": -6, "ends_at": -4, "signup_closes_at": -7}, "签到签退已于"),
        ({"starts_at": -2, "ends_at": -1, "signup_closes_at": -3}, "班次已结束"),
    ],
    ids=["cancelled", "settled", "early", "late", "ended"],
)
def test_shift_that_takes_nobody_in_says_why(person, signup, change, text):
    moments = {
        name: timezone.now() + timedelta(hours=value)
        for name, value in change.items()
        if name != "state"
    }
    Shift.objects.filter(pk=signup.shift_id).update(**{**change, **moments})

    page = opened(person, signup.shift)
    response = posted(person, signup.shift)

    assert (text in page, response.status_code) == (True, 422)
    assert not Attendance.objects.exists()


def test_code_shared_with_who_has_no_place_is_refused(signed_in, stranger, signup):
    Shift.objects.update(capacity=1)

    client = signed_in(stranger)
    page = opened(client, signup.shift)
    response = posted(client, signup.shift)

    assert ("名额已满" in page, "只对报名的人有效" in page) == (True, True)
    assert response.status_code == 422
    assert not Attendance.objects.exists()


def test_walk_in_is_offered_and_done_in_one_post(signed_in, stranger, signup):
    client = signed_in(stranger)

    page = opened(client, signup.shift)
    response = posted(client, signup.shift, deed="walk_in")

    assert "现场报名并签到" in page
    assert response.status_code == 302
    attendance = Attendance.objects.get()
    assert (attendance.signup.volunteer.user, attendance.signup.is_walk_in) == (
        stranger,
        True,
    )


def test_walk_in_chooses_a_post(signed_in, stranger, signup):
    post = ShiftPost.objects.create(shift=signup.shift, title="引导", capacity=2)
    client = signed_in(stranger)

    page = opened(client, signup.shift)
    posted(client, signup.shift, deed="walk_in", post=post.pk)

    assert f'<option value="{post.pk}">引导</option>' in page
    assert Attendance.objects.get().signup.post == post


def test_check_in_of_nobody_signed_up_does_not_sign_up(signed_in, stranger, signup):
    response = posted(signed_in(stranger), signup.shift, deed="in")

    assert response.status_code == 422
    assert Signup.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_check_in_of_the_anonymous_keeps_the_code(client, signup, method):
    code = code_of(signup.shift)

    response = getattr(client, method)(url_of(signup.shift), {"code": code})

    back = quote(f"{url_of(signup.shift)}?code={code}", safe="/")
    assert response.url == f"/accounts/login/?next={back}"


def test_check_in_of_a_shift_out_of_scope_is_404(signed_in, stranger):
    shift = ShiftFactory(activity__state="draft")

    assert signed_in(stranger).get(url_of(shift)).status_code == 404


def test_shift_page_tells_who_is_expected_how_to_check_in(person, signup):
    page = person.get(signup.shift.get_absolute_url()).content.decode()

    assert url_of(signup.shift) in page
