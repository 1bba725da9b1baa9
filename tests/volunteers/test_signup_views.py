"""Signing up and cancelling through the pages."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.models import Signup

pytestmark = pytest.mark.django_db
ME = reverse("volunteers:me")


def signup_url(shift):
    return reverse("volunteers:signup_create", args=[shift.pk])


def cancel_url(signup):
    return reverse("volunteers:signup_cancel", args=[signup.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_signup_create_takes_a_place(signed_in, stranger):
    shift = ShiftFactory()

    response = signed_in(stranger).post(signup_url(shift))

    assert (response.status_code, response.url) == (302, shift.get_absolute_url())
    assert said(response) == ["报名成功，请按时参加。"]
    signup = Signup.objects.get()
    assert (signup.volunteer.user, signup.state) == (stranger, "confirmed")


def test_signup_create_of_a_full_shift_names_the_position(signed_in, stranger):
    shift = SignupFactory(shift=ShiftFactory(capacity=1)).shift

    response = signed_in(stranger).post(signup_url(shift))

    assert said(response) == ["名额已满，您已进入候补，序号 1。"]


def test_signup_create_refused_stays_on_the_page_with_the_reason(signed_in, stranger):
    shift = ShiftFactory(capacity=1, waitlist_capacity=0)
    client = signed_in(stranger)
    client.get(shift.get_absolute_url())
    SignupFactory(shift=shift)

    response = client.post(signup_url(shift))

    page = response.content.decode()
    assert response.status_code == 409
    assert ("没有报名成功" in page, "名额已满。" in page) == (True, True)
    assert shift.signups.count() == 1


def test_signup_create_twice_is_refused_with_the_place_shown(signed_in, stranger):
    client, shift = signed_in(stranger), ShiftFactory()

    answers = [client.post(signup_url(shift)) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert "您已报名该班次。" in answers[1].content.decode()
    assert shift.signups.count() == 1


def test_signup_create_of_the_anonymous_leads_back_to_the_shift(client):
    shift = ShiftFactory()

    response = client.post(signup_url(shift))

    assert response.status_code == 302
    assert response.url == f"/accounts/login/?next=/shifts/{shift.pk}/"
    assert Signup.objects.count() == 0


def test_signup_create_of_the_anonymous_by_htmx_reloads_the_page(client):
    shift = ShiftFactory()

    response = client.post(
        signup_url(shift),
        headers={
            "HX-Request": "true",
            "HX-Current-URL": f"http://testserver{shift.get_absolute_url()}",
        },
    )

    assert (response.status_code, response["HX-Redirect"]) == (
        401,
        f"/accounts/login/?next=%2Fshifts%2F{shift.pk}%2F",
    )


@pytest.mark.parametrize("url_of", [signup_url, cancel_url])
def test_signup_pages_take_no_get(url_of, signed_in, stranger):
    signup = SignupFactory()

    response = signed_in(stranger).get(url_of(signup))

    assert (response.status_code, response["Allow"]) == (405, "POST")


def test_signup_create_of_a_hidden_activity_is_404(signed_in, stranger):
    shift = ShiftFactory(activity=ActivityFactory())

    assert signed_in(stranger).post(signup_url(shift)).status_code == 404


def test_signup_cancel_of_ones_own_frees_the_place(signed_in):
    signup = SignupFactory()

    response = signed_in(signup.volunteer.user).post(cancel_url(signup))

    assert (response.url, said(response)) == (ME, ["已取消报名。"])
    signup.refresh_from_db()
    assert (signup.state, signup.shift.taken) == ("cancelled", 0)


def test_signup_cancel_of_a_started_shift_says_why(signed_in):
    signup = SignupFactory(shift=ShiftFactory(starts_at=timezone.now()))

    response = signed_in(signup.volunteer.user).post(cancel_url(signup))

    assert said(response) == ["班次已开始，不能取消报名。"]


def test_signup_cancel_by_a_stranger_is_404(signed_in, stranger):
    signup = SignupFactory()

    assert signed_in(stranger).post(cancel_url(signup)).status_code == 404

    signup.refresh_from_db()
    assert signup.state == "confirmed"


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_signup_cancel_by_another_official_is_404(role, signed_in):
    signup, official = SignupFactory(), MembershipFactory(role=role).user

    assert signed_in(official).post(cancel_url(signup)).status_code == 404


def test_signup_cancel_of_the_anonymous_asks_to_sign_in(client):
    response = client.post(cancel_url(SignupFactory()))

    assert response.url.startswith("/accounts/login/")


def test_signup_cancel_by_the_organizer_returns_to_the_roll(
    signed_in, unit_official, organization
):
    activity = ActivityFactory(state="published", organization=organization)
    signup = SignupFactory(shift=ShiftFactory(activity=activity))

    response = signed_in(unit_official).post(cancel_url(signup))

    assert response.url == f"/desk/shifts/{signup.shift_id}/roll/"
    signup.refresh_from_db()
    assert (signup.state, signup.cancelled_by, signup.reason) == (
        "cancelled",
        unit_official,
        "组织者代为取消",
    )
