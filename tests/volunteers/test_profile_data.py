"""A person sees and takes along what is kept about them, and about nobody else."""

import json

import pytest
from django.urls import reverse

from tests.factories.hours import DisputeFactory
from tests.factories.invitations import InvitationFactory, SkillFactory
from tests.factories.volunteers import SignupFactory, VolunteerFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("volunteers:own_data")
FILE = reverse("volunteers:own_data_file")


def test_own_data_file_holds_ones_own_and_nothing_of_others(signed_in):
    signup, invitation = SignupFactory(), InvitationFactory()
    person = signup.volunteer
    person.skills.add(SkillFactory(title="示例急救"))

    response = signed_in(person.user).get(FILE)

    data = json.loads(response.content)
    assert data["profile"]["skills"] == ["示例急救"]
    assert [row["shift__title"] for row in data["signups"]] == [signup.shift.title]
    assert (data["invitations"], data["certificates"]) == ([], [])
    assert invitation.volunteer.user.display_name not in response.content.decode()
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]


def test_own_data_page_counts_what_is_kept(signed_in, django_assert_max_num_queries):
    person, needed = VolunteerFactory(), []
    client = signed_in(person.user)
    for rows in (1, 2):
        for _row in range(rows):
            SignupFactory(volunteer=person)
        with django_assert_max_num_queries(20) as seen:
            response = client.get(PAGE)
        needed.append(len(seen))

    assert response.context["counts"]["signups"] == 3
    assert needed[0] == needed[1]


def test_own_data_of_who_never_signed_up_is_empty(signed_in, stranger):
    data = json.loads(signed_in(stranger).get(FILE).content)

    assert (data["account"]["username"], data["signups"]) == (stranger.username, [])


def test_own_data_file_holds_what_one_said_and_was_answered(signed_in):
    dispute = DisputeFactory(text="示例异议")
    DisputeFactory(text="别人的异议")

    client = signed_in(dispute.signup.volunteer.user)

    [row] = json.loads(client.get(FILE).content)["disputes"]
    assert (row["text"], row["state"]) == ("示例异议", "open")
