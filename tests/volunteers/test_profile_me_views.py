"""A person's own page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import NotificationFactory, UserFactory
from tests.factories.invitations import InvitationFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import Shift, Volunteer

pytestmark = pytest.mark.django_db
ME = reverse("volunteers:me")
PROFILE = reverse("volunteers:volunteer_edit")


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


def test_me_asks_the_same_queries_for_any_rows(
    signed_in, django_assert_max_num_queries
):
    person, needed = VolunteerFactory(), []
    client = signed_in(person.user)
    past = timezone.now() - timedelta(days=9)
    for rows in (1, 2):
        for _row in range(rows):
            SignupFactory(volunteer=person)
            SignupFactory(volunteer=person, shift=ShiftFactory(starts_at=past))
            InvitationFactory(volunteer=person)
            NotificationFactory(recipient=person.user)
        with django_assert_max_num_queries(25) as seen:
            client.get(ME)
        needed.append(len(seen))

    assert needed[0] == needed[1]


def test_me_shows_invitations_until_they_are_declined(signed_in):
    invitation = InvitationFactory()
    client = signed_in(invitation.volunteer.user)
    decline = reverse("volunteers:invitation_decline", args=[invitation.pk])

    assert decline in client.get(ME).content.decode()
    assert client.post(decline).url == ME
    assert decline not in client.get(ME).content.decode()


def test_me_leads_a_minor_to_the_guardians_consent(signed_in):
    link = f"{PROFILE}#guardian"
    minor, adult = UserFactory(age_band="14-17"), UserFactory()

    assert link in signed_in(minor).get(ME).content.decode()
    assert link not in signed_in(adult).get(ME).content.decode()


def test_me_leads_to_the_check_in_on_the_day(signed_in):
    now = timezone.now()
    today = SignupFactory(shift=ShiftFactory(starts_at=now + timedelta(minutes=30)))
    later = SignupFactory(volunteer=today.volunteer)

    page = signed_in(today.volunteer.user).get(ME).content.decode()

    links = [
        reverse("volunteers:check_in", args=[row.shift_id]) for row in (today, later)
    ]
    assert [link in page for link in links] == [True, False]


@pytest.mark.parametrize("url", [ME, PROFILE])
def test_own_pages_ask_the_anonymous_to_sign_in(url, client):
    assert client.get(url).url == f"/accounts/login/?next={url}"
