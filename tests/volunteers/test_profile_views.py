"""What a person tells about themselves, and the guardian of a minor."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from communities.models import Community
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory
from tests.factories.invitations import SkillFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.actions import save_volunteer
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
PROFILE = reverse("volunteers:volunteer_edit")


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_volunteer_edit_keeps_the_home_community(signed_in, stranger, community):
    response = signed_in(stranger).post(PROFILE, {"home_community": community.pk})

    assert (response.url, said(response)) == ("/me/", ["资料已保存。"])
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


def test_volunteer_edit_keeps_skills_times_and_wishes(signed_in, stranger):
    skill, _other = SkillFactory(), SkillFactory()

    signed_in(stranger).post(
        PROFILE,
        {
            "skills": [skill.pk],
            "availability": ["weekend_evening", "workday_morning"],
            "accepts_invitations": "on",
        },
    )

    held = Volunteer.objects.get()
    assert list(held.skills.all()) == [skill]
    assert held.availability == "workday_morning,weekend_evening"
    wishes = (held.accepts_invitations, held.accepts_known, held.shows_stars)
    assert wishes == (True, False, False)
    assert "skills" in AuditEntry.objects.get().data["fields"]


def test_volunteer_edit_shows_again_what_was_told(signed_in):
    held = VolunteerFactory(availability="weekend_morning")
    closed = SkillFactory(is_active=False)
    SkillFactory(is_active=False, title="示例停用")
    held.skills.add(closed)

    response = signed_in(held.user).get(PROFILE)

    form, body = response.context["form"], response.content.decode()
    assert form.initial["availability"] == ["weekend_morning"]
    assert (closed.title in body, "示例停用" in body) == (True, False)


@pytest.mark.parametrize(
    "values", [{"skills": ["0"]}, {"availability": ["never"]}], ids=["skill", "time"]
)
def test_volunteer_edit_refuses_what_is_not_on_the_list(signed_in, stranger, values):
    response = signed_in(stranger).post(PROFILE, values)

    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        list(values),
    )


def test_volunteer_edit_asks_the_same_queries_for_any_skills(
    signed_in, django_assert_max_num_queries
):
    client = signed_in(VolunteerFactory().user)
    needed = []
    for more in (1, 2):
        SkillFactory.create_batch(more)
        with django_assert_max_num_queries(20) as seen:
            client.get(PROFILE)
        needed.append(len(seen))

    assert needed[0] == needed[1]


def test_save_volunteer_leaves_a_consent_given_meanwhile():
    volunteer = VolunteerFactory()
    stale = Volunteer.objects.get(pk=volunteer.pk)
    now = timezone.now()
    Volunteer.objects.update(guardian_name="示例监护人", guardian_consented_at=now)

    save_volunteer(volunteer=stale, by=volunteer.user)

    volunteer.refresh_from_db()
    held = (volunteer.guardian_name, volunteer.guardian_consented_at)
    assert held == ("示例监护人", now)


def test_volunteer_edit_takes_no_consent_from_the_minor(signed_in):
    person = UserFactory(age_band="14-17")

    signed_in(person).post(
        PROFILE, {"guardian_name": "示例", "has_guardian_consent": "on"}
    )

    volunteer = Volunteer.objects.get()
    assert (volunteer.guardian_name, volunteer.needs_guardian) == ("", True)


def test_volunteer_edit_of_an_adult_speaks_of_no_guardian(signed_in, stranger):
    page = signed_in(stranger).get(PROFILE).content.decode()

    assert "监护人" not in page
