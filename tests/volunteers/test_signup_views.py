"""Signing up and cancelling through the pages, and a person's own page."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from communities.models import Community
from core.models import AuditEntry
from tests.factories.accounts import NotificationFactory, UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import Shift, Signup, Volunteer

pytestmark = pytest.mark.django_db
ME = reverse("volunteers:me")
PROFILE = reverse("volunteers:volunteer_edit")


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


def test_me_parts_what_is_coming_from_what_was(signed_in):
    person = VolunteerFactory()
    later = ShiftFactory(starts_at=timezone.now() + timedelta(days=9))
    past = ShiftFactory(starts_at=timezone.now() - timedelta(days=9))
    signups = [
        SignupFactory(volunteer=person, shift=shift)
        for shift in (later, ShiftFactory(), past)
    ]
    gone = SignupFactory(volunteer=person, state="cancelled")
    SignupFactory()

    context = signed_in(person.user).get(ME).context

    assert list(context["upcoming"]) == [signups[1], signups[0]]
    assert list(context["history"]) == [gone, signups[2]]


def test_me_marks_a_cancelled_shift(signed_in):
    signup = SignupFactory(shift=ShiftFactory(state=Shift.State.CANCELLED))

    page = signed_in(signup.volunteer.user).get(ME).content.decode()

    assert ("已取消" in page, "已报名" in page) == (True, False)


def test_me_shows_the_five_latest_messages_of_oneself(signed_in, stranger):
    NotificationFactory(title="给别人的")
    for number in range(6):
        NotificationFactory(recipient=stranger, title=f"消息{number}")

    response = signed_in(stranger).get(ME)

    titles = [row.title for row in response.context["inbox"]]
    assert titles == ["消息5", "消息4", "消息3", "消息2", "消息1"]
    assert "给别人的" not in response.content.decode()


def test_me_writes_nothing(signed_in, stranger):
    assert signed_in(stranger).get(ME).status_code == 200

    assert Volunteer.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_me_asks_a_fixed_number_of_queries(count, signed_in, django_assert_num_queries):
    person = VolunteerFactory()
    for _row in range(count):
        start = timezone.now() - timedelta(days=9)
        SignupFactory(volunteer=person)
        SignupFactory(volunteer=person, shift=ShiftFactory(starts_at=start))
        NotificationFactory(recipient=person.user)
    client = signed_in(person.user)

    with django_assert_num_queries(10):
        client.get(ME)


@pytest.mark.parametrize("url", [ME, PROFILE])
def test_own_pages_ask_the_anonymous_to_sign_in(url, client):
    assert client.get(url).url == f"/accounts/login/?next={url}"


def test_volunteer_edit_keeps_the_home_community(signed_in, stranger, community):
    response = signed_in(stranger).post(PROFILE, {"home_community": community.pk})

    assert (response.url, said(response)) == (ME, ["资料已保存。"])
    volunteer = Volunteer.objects.get()
    assert (volunteer.user, volunteer.home_community) == (stranger, community)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id) == (
        "volunteers.volunteer_changed",
        stranger.pk,
    )


def test_volunteer_edit_refuses_an_unknown_community(signed_in, stranger):
    CommunityFactory()
    unknown = Community.objects.latest("pk").pk + 1

    response = signed_in(stranger).post(PROFILE, {"home_community": unknown})

    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        ["home_community"],
    )


def test_volunteer_edit_asks_an_adult_for_no_guardian(signed_in, stranger):
    signed_in(stranger).post(
        PROFILE, {"guardian_name": "示例", "has_guardian_consent": "on"}
    )

    volunteer = Volunteer.objects.get()
    assert (volunteer.guardian_name, volunteer.guardian_consented_at) == ("", None)


def minor():
    return UserFactory(age_band="14-17")


def test_volunteer_edit_of_a_minor_keeps_the_consent(signed_in):
    person = minor()
    values = {"guardian_name": "示例监护人", "has_guardian_consent": "on"}

    signed_in(person).post(PROFILE, values)

    assert Volunteer.objects.get().needs_guardian is False


def test_volunteer_edit_of_a_minor_wants_the_guardians_name(signed_in):
    response = signed_in(minor()).post(PROFILE, {"has_guardian_consent": "on"})

    assert response.status_code == 422
    assert response.context["form"].errors == {"guardian_name": ["请填写监护人姓名。"]}
    assert Volunteer.objects.count() == 0


def test_volunteer_edit_of_a_minor_takes_the_consent_back(signed_in):
    volunteer = VolunteerFactory(
        user=minor(), guardian_name="示例", guardian_consented_at=timezone.now()
    )

    signed_in(volunteer.user).post(PROFILE, {"guardian_name": "示例"})

    volunteer.refresh_from_db()
    assert (volunteer.guardian_consented_at, volunteer.needs_guardian) == (None, True)
