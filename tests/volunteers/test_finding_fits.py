"""What fits a person: the filter, the reasons in the list and the rules agree."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import Shift, ShiftPost, Skill
from volunteers.queries.volunteers import own_volunteer
from volunteers.rules import posts_refusal, signup_refusal

pytestmark = pytest.mark.django_db
LIST = reverse("volunteers:shift_list")


@pytest.fixture
def first_aid():
    return Skill.objects.get(title="急救")


@pytest.fixture
def shifts(first_aid):
    """A shift for each thing that may stand against signing up, by name."""
    start = (timezone.localtime() + timedelta(days=3)).replace(
        hour=9, minute=0, second=0, microsecond=0
    )
    low, risky, ended = (
        ActivityFactory(state=state, starts_at=start, risk=risk)
        for state, risk in (("published", "low"), ("published", "high"), ("ended", ""))
    )
    day = timedelta(days=1)
    now, number = timezone.now(), iter(range(1, 40))

    def made(activity=low, hour=9, hours=2, **values):
        begins = start.replace(hour=hour) + day * next(number)
        values = {"ends_at": begins + timedelta(hours=hours)} | values
        return ShiftFactory(activity=activity, starts_at=begins, **values)

    full = {"capacity": 1, "taken": 1}
    found = {
        "open": made(),
        "full, can wait": made(**full),
        "full": made(**full, waitlist_capacity=0),
        "waitlist full": made(**full, waitlist_capacity=2, waiting=2),
        "closed": made(signup_closes_at=now),
        "not open yet": made(signup_opens_at=now + day),
        "opened": made(signup_opens_at=now - day),
        "ended": made(ended),
        "adults only": made(is_adults_only=True),
        "risky": made(risky),
        "starts at night": made(hour=22),
        "before dawn": made(hour=5),
        "at dawn": made(hour=6),
        "till ten": made(hour=20),
        "beyond ten": made(hour=21),
        "over midnight": made(hour=20, hours=9),
        "any post": made(),
        "other post": made(),
        "first aid": made(),
        "first aid full": made(waitlist_capacity=0),
    }
    other = Skill.objects.exclude(pk=first_aid.pk).first()
    for name, skill, taken in (
        ("any post", other, 0),
        ("any post", None, 0),
        ("other post", other, 0),
        ("first aid", first_aid, 0),
        ("first aid full", first_aid, 1),
        ("first aid full", other, 0),
    ):
        found[name].posts.create(
            title=f"岗位{skill}", skill=skill, capacity=1, taken=taken
        )
    return found


def busy(person, shifts):
    """The person is in a shift of their own, and in one beside another."""
    SignupFactory(shift=shifts["opened"], volunteer=person)
    beside = ShiftFactory(
        activity=shifts["open"].activity,
        starts_at=shifts["at dawn"].starts_at + timedelta(minutes=30),
    )
    SignupFactory(shift=beside, volunteer=person)
    gone = ShiftFactory(
        activity=shifts["open"].activity,
        starts_at=shifts["till ten"].starts_at,
        state=Shift.State.CANCELLED,
    )
    SignupFactory(shift=gone, volunteer=person)


def adult(shifts, first_aid):
    person = VolunteerFactory()
    person.skills.add(first_aid)
    busy(person, shifts)
    return person


def minor(shifts, first_aid, **values):
    return VolunteerFactory(user=UserFactory(age_band="14-17"), **values)


def minor_with_consent(shifts, first_aid):
    return minor(shifts, first_aid, guardian_consented_at=timezone.now())


def allowed(person, shifts):
    """What the rules of one shift say, shift by shift."""
    skills = list(person.skills.values_list("pk", flat=True))
    return {
        name
        for name, shift in shifts.items()
        if signup_refusal(
            Shift.objects.get(pk=shift.pk),
            own_volunteer(person.user),
            now=timezone.now(),
        )
        is None
        and posts_refusal(shift, ShiftPost.objects.filter(shift=shift), skills=skills)
        is None
    }


@pytest.mark.parametrize("make", [adult, minor, minor_with_consent])
def test_fits_me_shows_what_the_rules_of_one_shift_allow(
    make, shifts, first_aid, signed_in
):
    person = make(shifts, first_aid)
    client = signed_in(person.user)
    names = {shift.pk: name for name, shift in shifts.items()}

    fitting = client.get(LIST, {"fits": "on"}).context["shifts"]
    everything = client.get(LIST).context["shifts"]

    open_to = allowed(person, shifts)
    assert {names[row.pk] for row in fitting} == open_to
    assert {
        names.get(row.pk)
        for row in everything
        if not row.reason and row.state != "confirmed"
    } == open_to


def test_each_blocked_shift_says_why_in_the_words_of_its_page(
    shifts, first_aid, signed_in
):
    person = adult(shifts, first_aid)
    client = signed_in(person.user)

    rows = {row.pk: row.reason for row in client.get(LIST).context["shifts"]}

    for name in ("full", "waitlist full", "closed", "not open yet", "ended", "at dawn"):
        shift = shifts[name]
        refusal = signup_refusal(shift, person, now=timezone.now())
        assert rows[shift.pk] == str(refusal), name
    assert rows[shifts["other post"].pk].startswith("该班次的岗位需要技能：")
    assert rows[shifts["first aid full"].pk] == "该岗位名额已满。"


def test_a_reason_stands_in_the_row(client):
    ShiftFactory(capacity=1, taken=1, waitlist_capacity=0)

    assert "不能报名：名额已满。" in client.get(LIST).content.decode()


def test_fits_me_is_not_asked_of_the_anonymous(client):
    full = ShiftFactory(capacity=1, taken=1, waitlist_capacity=0)

    response = client.get(LIST, {"fits": "on"})

    assert [row.pk for row in response.context["shifts"]] == [full.pk]
    assert 'name="fits"' not in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("age_band", ["18-59", "14-17"])
def test_rows_with_reasons_ask_six_queries(
    count, age_band, signed_in, django_assert_num_queries, first_aid
):
    person = VolunteerFactory(user=UserFactory(age_band=age_band))
    client = signed_in(person.user)
    activity = ActivityFactory(state=Activity.State.PUBLISHED)
    for shift in ShiftFactory.create_batch(count, activity=activity):
        shift.posts.create(title="岗位", skill=first_aid, capacity=1)

    # Session, person, log, shifts, own sign-ups, posts.
    with django_assert_num_queries(6):
        client.get(LIST, headers={"HX-Request": "true"})
