"""The link by which a place is handed on: made, opened, taken, withdrawn."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories.invitations import MinorFactory, StandInFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import Signup, StandIn

pytestmark = pytest.mark.django_db


def link(stand_in):
    return reverse("volunteers:stand_in", args=[stand_in.token])


def url(name, signup):
    return reverse(f"volunteers:{name}", args=[signup.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_stand_in_create_leads_to_the_link_to_hand_on(signed_in, settings):
    settings.SITE_URL = "https://portal.example.cn"
    signup = SignupFactory()

    response = signed_in(signup.volunteer.user).post(
        url("stand_in_create", signup), follow=True
    )

    address = f"https://portal.example.cn{link(StandIn.objects.get())}"
    assert address in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_stand_in_create_refused_tells_the_reason(signed_in):
    signup = SignupFactory(heads=2)

    response = signed_in(signup.volunteer.user).post(url("stand_in_create", signup))

    assert "几个人一起" in said(response)[0]
    assert StandIn.objects.count() == 0


@pytest.mark.parametrize("name", ["stand_in_create", "stand_in_withdraw"])
def test_stand_in_of_somebody_else_is_not_found(signed_in, stranger, name):
    response = signed_in(stranger).post(url(name, SignupFactory()))

    assert response.status_code == 404


def test_stand_in_withdraw_makes_the_link_worthless(signed_in, stranger):
    stand_in = StandInFactory()
    owner = signed_in(stand_in.signup.volunteer.user)

    owner.post(url("stand_in_withdraw", stand_in.signup))

    response = signed_in(stranger).post(link(stand_in))
    assert (response.status_code, "已收回" in response.content.decode()) == (409, True)
    stand_in.signup.refresh_from_db()
    assert stand_in.signup.state == Signup.State.CONFIRMED


def test_stand_in_is_taken_with_one_click(signed_in, stranger):
    stand_in = StandInFactory()
    client = signed_in(stranger)

    assert "我来接替" in client.get(link(stand_in)).content.decode()
    response = client.post(link(stand_in))

    assert response.url == stand_in.signup.shift.get_absolute_url()
    assert Signup.objects.get(state="confirmed").volunteer.user == stranger


def test_stand_in_opened_by_nobody_leads_to_sign_in_and_back(client):
    stand_in = StandInFactory()
    sign_in = f"/accounts/login/?next={link(stand_in)}"

    assert sign_in in client.get(link(stand_in)).content.decode()
    assert client.post(link(stand_in)).url == sign_in


def test_stand_in_names_nobody(client):
    stand_in = StandInFactory()

    page = client.get(link(stand_in)).content.decode()

    assert stand_in.signup.volunteer.user.display_name not in page


def test_stand_in_tells_who_cannot_take_it_why(signed_in):
    stand_in, person = StandInFactory(), VolunteerFactory()
    SignupFactory(
        volunteer=person,
        shift=ShiftFactory(starts_at=stand_in.signup.shift.starts_at),
    )

    page = signed_in(person.user).get(link(stand_in)).content.decode()

    assert ("时间冲突" in page, "我来接替" in page) == (True, False)


def test_stand_in_leads_a_minor_to_the_guardians_consent(signed_in):
    stand_in = StandInFactory()
    shift = stand_in.signup.shift
    shift.starts_at = shift.starts_at.replace(hour=2)  # ten in Beijing
    shift.ends_at = shift.starts_at.replace(hour=4)
    shift.signup_closes_at = shift.starts_at
    shift.save()

    page = signed_in(MinorFactory().user).get(link(stand_in)).content.decode()

    assert f"{reverse('volunteers:volunteer_edit')}#guardian" in page


def test_shift_detail_offers_the_holder_to_hand_on(signed_in):
    signup = SignupFactory()
    client = signed_in(signup.volunteer.user)
    page = signup.shift.get_absolute_url()

    assert url("stand_in_create", signup) in client.get(page).content.decode()
    StandInFactory(signup=signup)
    assert url("stand_in_withdraw", signup) in client.get(page).content.decode()
