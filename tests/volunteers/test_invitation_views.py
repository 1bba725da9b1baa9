"""Organisers count, then send; nobody is named, answers are the person's own."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories.campaigns import ActivityFactory
from tests.factories.invitations import InvitationFactory
from tests.factories.volunteers import ShiftFactory, VolunteerFactory
from volunteers.models import Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift(organization):
    activity = ActivityFactory(state="published", organization=organization)
    return ShiftFactory(activity=activity)


def url(shift):
    return reverse("volunteers:shift_invite", args=[shift.pk])


def decline(invitation):
    return reverse("volunteers:invitation_decline", args=[invitation.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_shift_invite_counts_first_and_names_nobody(signed_in, unit_official, shift):
    person = VolunteerFactory(accepts_invitations=True)
    VolunteerFactory(accepts_invitations=True)

    response = signed_in(unit_official).get(url(shift), {"whom": "all"})

    body = response.content.decode()
    assert (response.context["counted"], "邀请这 2 人" in body) == (2, True)
    assert person.user.display_name not in body
    assert Invitation.objects.count() == 0


def test_shift_invite_says_when_nobody_fits(signed_in, unit_official, shift):
    body = signed_in(unit_official).get(url(shift), {"whom": "known"}).content.decode()

    assert "没有符合条件又能参加的人" in body
    assert "邀请这" not in body


def test_shift_invite_sends_and_tells_how_many(signed_in, unit_official, shift):
    VolunteerFactory(accepts_invitations=True)

    response = signed_in(unit_official).post(url(shift), {"whom": "all"})

    assert (response.url, said(response)) == (
        url(shift),
        ["已邀请 1 人，由他们自己报名。"],
    )


@pytest.mark.parametrize("values", [{}, {"whom": "x"}, {"whom": "all"}])
def test_shift_invite_that_cannot_be_sent_says_why(
    signed_in, unit_official, shift, values
):
    response = signed_in(unit_official).post(url(shift), values)

    assert (response.status_code, bool(response.context["form"].errors)) == (422, True)


def test_shift_invite_of_a_full_shift_is_told_at_once(signed_in, unit_official, shift):
    shift.capacity = shift.taken = 1
    shift.save()

    body = signed_in(unit_official).get(url(shift)).content.decode()

    assert ("名额已满" in body, "数一数" in body) == (True, False)


def test_shift_invite_by_a_stranger_is_forbidden(signed_in, stranger, shift):
    assert signed_in(stranger).get(url(shift)).status_code == 403


def test_invitation_decline_looks_the_same_to_the_organizer(
    signed_in, unit_official, shift
):
    invitation = InvitationFactory(shift=shift)
    VolunteerFactory(accepts_invitations=True)
    organizer = signed_in(unit_official)

    def seen():
        context = organizer.get(url(shift), {"whom": "all"}).context
        return {name: context[name] for name in ("sent", "left", "counted")}

    before = seen()
    signed_in(invitation.volunteer.user).post(decline(invitation))

    assert seen() == before == {"sent": 1, "left": 99, "counted": 1}


def test_invitation_decline_of_somebody_else_is_not_found(signed_in, stranger):
    invitation = InvitationFactory()

    response = signed_in(stranger).post(decline(invitation))

    invitation.refresh_from_db()
    assert (response.status_code, invitation.declined_at) == (404, None)


def test_shift_detail_shows_the_invitation_to_the_person_alone(
    signed_in, unit_official, shift
):
    invitation = InvitationFactory(shift=shift)
    page = shift.get_absolute_url()

    own = signed_in(invitation.volunteer.user).get(page).content.decode()
    other = signed_in(unit_official).get(page).content.decode()

    assert (decline(invitation) in own, decline(invitation) in other) == (True, False)
