"""A minor asks, the guardian reads, agrees and takes back, without an account."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.invitations import GuardianConsentFactory
from tests.factories.volunteers import SignupFactory
from volunteers.models import GuardianConsent

pytestmark = pytest.mark.django_db
ASK = reverse("volunteers:guardian_ask")
PROFILE = reverse("volunteers:volunteer_edit")
SOUND = {"guardian_name": "示例监护人", "agrees": "on"}


def link(consent):
    return reverse("volunteers:guardian", args=[consent.token])


def test_guardian_ask_shows_the_link_to_hand_on(signed_in, settings):
    settings.SITE_URL = "https://portal.example.cn"
    client = signed_in(UserFactory(age_band="14-17"))

    response = client.post(ASK)

    assert response.url == f"{PROFILE}#guardian"
    address = f"https://portal.example.cn{link(GuardianConsent.objects.get())}"
    assert address in client.get(PROFILE).content.decode()


def test_guardian_ask_of_an_adult_makes_no_link(signed_in, stranger):
    signed_in(stranger).post(ASK)

    assert GuardianConsent.objects.count() == 0


def test_guardian_reads_the_text_before_agreeing(client):
    consent = GuardianConsentFactory()

    response = client.get(link(consent))

    body = response.content.decode()
    assert consent.volunteer.user.display_name in body
    assert "不能报名夜间" in body
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_guardian_agrees_and_takes_it_back_by_the_same_link(client):
    consent = GuardianConsentFactory()

    client.post(link(consent), SOUND)
    consent.refresh_from_db()
    assert (consent.state, consent.guardian_name) == ("given", "示例监护人")
    signup = SignupFactory(volunteer=consent.volunteer)

    response = client.post(link(consent), {"is_sure": "on"}, follow=True)
    signup.refresh_from_db()
    assert signup.state == "cancelled"
    assert "已撤回" in response.content.decode()


@pytest.mark.parametrize(
    "bad",
    [{"guardian_name": ""}, {"guardian_name": "示例13800138000"}, {"agrees": ""}],
    ids=["no_name", "phone", "not_ticked"],
)
def test_guardian_form_unsound_is_refused(client, bad):
    consent = GuardianConsentFactory()

    response = client.post(link(consent), SOUND | bad)

    consent.refresh_from_db()
    assert (response.status_code, consent.state) == (422, "asked")


def test_guardian_in_the_name_of_the_minor_is_told_why(client):
    consent = GuardianConsentFactory(volunteer__user__display_name="示例监护人")

    response = client.post(link(consent), SOUND)

    assert response.status_code == 422
    assert "监护人本人" in response.content.decode()


def test_minor_may_read_but_not_agree_for_the_guardian(signed_in):
    consent = GuardianConsentFactory()
    client = signed_in(consent.volunteer.user)

    assert "guardian_name" not in client.get(link(consent)).content.decode()
    assert client.post(link(consent), SOUND).status_code == 422
    consent.refresh_from_db()
    assert consent.state == "asked"


def test_link_of_who_has_come_of_age_asks_for_nothing(client):
    consent = GuardianConsentFactory(volunteer__user__age_band="18-59")

    body = client.get(link(consent)).content.decode()

    assert ("不再需要" in body, "guardian_name" in body) == (True, False)


def test_minor_withdraws_the_consent_on_the_profile(signed_in):
    consent = GuardianConsentFactory()
    Client().post(link(consent), SOUND)

    signed_in(consent.volunteer.user).post(reverse("volunteers:guardian_withdraw"))

    consent.refresh_from_db()
    assert (consent.state, consent.volunteer.needs_guardian) == ("withdrawn", True)


def test_guessed_link_is_not_found(client):
    consent = GuardianConsentFactory()
    guessed = reverse("volunteers:guardian", args=[f"{consent.token}x"])

    assert client.post(guessed, SOUND).status_code == 404


def test_link_that_was_withdrawn_names_the_minor_no_more(client):
    consent = GuardianConsentFactory(state="withdrawn")

    response = client.get(link(consent))

    name = consent.volunteer.user.display_name
    assert (response.status_code, name in response.content.decode()) == (200, False)
