"""Answering offers and choosing posts through the pages."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from tests.factories.campaigns import ActivityFactory
from tests.factories.groups import ShiftPostFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.models import Signup, Skill

pytestmark = pytest.mark.django_db
ME = reverse("volunteers:me")


@pytest.fixture
def offer():
    """A place held for a person until tomorrow."""
    return offered()


def offered(**values):
    now = timezone.now()
    return SignupFactory(
        **{
            "state": "offered",
            "offered_at": now,
            "offer_ends_at": now + timedelta(days=1),
            **values,
        }
    )


def accept_url(signup):
    return reverse("volunteers:offer_accept", args=[signup.pk])


def cancel_url(signup):
    return reverse("volunteers:signup_cancel", args=[signup.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def page_of(client, signup):
    return client.get(signup.shift.get_absolute_url()).content.decode()


def state_of(signup):
    return Signup.objects.get(pk=signup.pk).state


def test_shift_page_of_an_offer_has_two_answers(offer, signed_in):
    page = page_of(signed_in(offer.volunteer.user), offer)

    assert (accept_url(offer) in page, cancel_url(offer) in page) == (True, True)
    assert "为您保留到" in page


def test_shift_page_of_an_offer_that_is_over_has_no_answer(signed_in):
    offer = offered(offer_ends_at=timezone.now())

    page = page_of(signed_in(offer.volunteer.user), offer)

    assert (accept_url(offer) in page, "不再为您保留" in page) == (False, True)


def test_shift_page_of_an_offer_names_a_clash(offer, signed_in):
    other = ShiftFactory(starts_at=offer.shift.starts_at, title="交通劝导")
    SignupFactory(shift=other, volunteer=offer.volunteer)

    page = page_of(signed_in(offer.volunteer.user), offer)

    assert (accept_url(offer) in page, "交通劝导" in page) == (False, True)


def test_shift_page_after_a_lapse_lets_one_sign_up_again(signed_in):
    lapsed = SignupFactory(state="lapsed")

    page = page_of(signed_in(lapsed.volunteer.user), lapsed)

    assert ("名额已过期" in page, f"/{lapsed.shift_id}/signup/" in page) == (True, True)


@pytest.mark.parametrize("state", ["attended", "no_show", "excused"])
def test_shift_page_shows_what_became_of_a_signup(state, signed_in):
    shift = ShiftFactory(starts_at=timezone.now() - timedelta(days=2))
    signup = SignupFactory(shift=shift, state=state)

    page = page_of(signed_in(signup.volunteer.user), signup)

    assert (signup.get_state_display() in page, cancel_url(signup) in page) == (
        True,
        False,
    )


def test_offer_accept_makes_the_place_sure(offer, signed_in):
    response = signed_in(offer.volunteer.user).post(accept_url(offer))

    assert response.url == offer.shift.get_absolute_url()
    assert said(response) == ["名额已确认，请按时参加。"]
    assert state_of(offer) == "confirmed"


def test_offer_accept_too_late_says_so(signed_in):
    offer = offered(offer_ends_at=timezone.now())

    response = signed_in(offer.volunteer.user).post(accept_url(offer))

    assert said(response) == ["这个名额已不再为您保留。"]


def test_offer_accept_by_a_stranger_is_404(offer, signed_in, stranger):
    assert signed_in(stranger).post(accept_url(offer)).status_code == 404


def test_offer_accept_by_the_organizer_is_refused(
    signed_in, unit_official, organization
):
    activity = ActivityFactory(state="published", organization=organization)
    offer = offered(shift=ShiftFactory(activity=activity))

    assert signed_in(unit_official).post(accept_url(offer)).status_code == 403
    assert state_of(offer) == "offered"


def test_signup_cancel_of_an_offer_thanks(offer, signed_in):
    response = signed_in(offer.volunteer.user).post(cancel_url(offer))

    assert (response.url, said(response)) == (ME, ["已放弃名额，让给下一位。"])


def test_me_lists_offers_that_still_run(offer, signed_in):
    person = offer.volunteer
    offered(volunteer=person, offer_ends_at=timezone.now())
    offered(volunteer=person, shift=ShiftFactory(state="cancelled"))

    context = signed_in(person.user).get(ME).context

    assert context["offers"] == [offer]


def test_signup_create_takes_the_post_chosen(signed_in, stranger):
    post = ShiftPostFactory()
    ShiftPostFactory(shift=post.shift)
    url = reverse("volunteers:signup_create", args=[post.shift_id])

    response = signed_in(stranger).post(url, {"post": post.pk})

    assert response.status_code == 302
    assert Signup.objects.get().post == post
    post.refresh_from_db()
    assert post.taken == 1


@pytest.mark.parametrize(("chosen", "status"), [("", 409), ("0", 422), ("abc", 422)])
def test_signup_create_without_a_post_asks_for_one(chosen, status, signed_in, stranger):
    post = ShiftPostFactory()
    url = reverse("volunteers:signup_create", args=[post.shift_id])

    response = signed_in(stranger).post(url, {"post": chosen})

    assert response.status_code == status
    assert "请选择一个岗位。" in response.content.decode()


def test_shift_page_offers_no_post_whose_skill_is_missing(signed_in, stranger):
    skill = Skill.objects.create(title="示例技能")
    post = ShiftPostFactory(skill=skill)
    client, url = signed_in(stranger), post.shift.get_absolute_url()

    refused = client.get(url).context["refusal"]
    ShiftPostFactory(shift=post.shift)
    choices = client.get(url).context["posts"]

    assert refused.code == "skill"
    assert [choice.refusal is None for choice in choices] == [False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_shift_page_asks_a_fixed_number_of_queries(
    count, signed_in, stranger, django_assert_max_num_queries
):
    shift, skill = ShiftFactory(), Skill.objects.create(title="示例技能")
    ShiftPostFactory.create_batch(count, shift=shift, skill=skill)
    client = signed_in(stranger)

    with django_assert_max_num_queries(16) as asked:
        client.get(shift.get_absolute_url())

    assert sum('"volunteers_skill"' in q["sql"] for q in asked.captured_queries) <= 2
