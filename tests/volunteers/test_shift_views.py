"""Finding a shift and looking at it."""

from datetime import datetime, timedelta
from itertools import chain

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from campaigns.models import Activity, Pillar
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory, PillarFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import Shift, Signup
from volunteers.queries.shifts import PAGE_SIZE

pytestmark = pytest.mark.django_db
LIST = reverse("volunteers:shift_list")


def shown(response):
    return [shift.pk for shift in response.context["shifts"]]


def published(**values):
    return ActivityFactory(state=Activity.State.PUBLISHED, **values)


@pytest.fixture
def wanted():
    """A shift the filters look for, beside another one."""
    ShiftFactory()
    pillar = PillarFactory(code=Pillar.Code.VIRTUE)
    start = timezone.make_aware(datetime(2099, 5, 3, 0, 10))
    return ShiftFactory(activity=published(pillar=pillar, starts_at=start))


def test_shift_list_shows_upcoming_public_shifts_the_next_first(client):
    later = ShiftFactory(starts_at=timezone.now() + timedelta(days=9))
    sooner = ShiftFactory()
    ShiftFactory(starts_at=timezone.now() - timedelta(minutes=1))
    ShiftFactory(state=Shift.State.CANCELLED)
    ShiftFactory(activity=published(is_public=False))
    ShiftFactory(activity=ActivityFactory())

    response = client.get(LIST)

    assert (response.status_code, shown(response)) == (200, [sooner.pk, later.pk])


@pytest.mark.parametrize("name", ["street", "community", "pillar", "date"])
def test_shift_list_is_narrowed_by_a_filter(name, wanted, client):
    value = {
        "street": wanted.community.subdistrict_id,
        "community": wanted.community_id,
        "pillar": "virtue",
        "date": "2099-05-03",
    }[name]

    assert shown(client.get(LIST, {name: value})) == [wanted.pk]


@pytest.mark.parametrize("day", ["2099-05-02", "2099-05-04"])
def test_shift_list_cuts_days_at_midnight_in_beijing(day, wanted, client):
    assert shown(client.get(LIST, {"date": day})) == []


def test_shift_list_with_places_leaves_out_full_ones(client):
    full = SignupFactory(shift=ShiftFactory(capacity=1)).shift
    free = ShiftFactory()

    assert shown(client.get(LIST, {"places": "on"})) == [free.pk]
    assert shown(client.get(LIST)) == [full.pk, free.pk]


def all_pages(client):
    seen, query = [], {}
    while True:
        response = client.get(LIST, query)
        seen.append(shown(response))
        if not response.context["after"]:
            return seen
        query = {"after": response.context["after"]}


@pytest.mark.parametrize("step", [0, 1], ids=["equal starts", "one start each"])
def test_shift_list_pages_show_each_shift_once(step, client):
    activity = published()
    shifts = [
        ShiftFactory(
            activity=activity,
            starts_at=activity.starts_at + timedelta(minutes=step * number),
        )
        for number in range(60)
    ]

    pages = all_pages(client)

    assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 10]
    assert list(chain(*pages)) == [shift.pk for shift in shifts]


def test_shift_list_next_page_link_works_as_written(client):
    activity = published()
    ShiftFactory.create_batch(PAGE_SIZE + 1, activity=activity)
    page = client.get(LIST, {"pillar": "service"})
    [link] = [
        part.split('"')[0].replace("&amp;", "&")
        for part in page.content.decode().split('rel="next" href="')[1:]
    ]

    assert len(shown(client.get(LIST + link))) == 1


BAD_QUERIES = [
    "after=abc",
    "after=2026-05-03_1",
    "after=2026-05-03T00:00:00%2B08:00_x",
    "after=2026-05-03T00:00:00%2B08:00_99999999999999999999",
    "after=0001-01-01T00:00:00%2B08:00_1",
    "after=" + "9" * 200,
    "after=%ED%A0%80",
    "date=2026-13-45",
    "date=0000-00-00",
    "date=9999-12-31",
    "date=99999999999",
    "street=abc",
    "street=0",
    "street=99999999999999999999999",
    "street=-1",
    "community=1.5",
    "pillar=nothing",
    "pillar=%27%20OR%201=1",
]


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_shift_list_names_what_is_wrong_with_a_query(query, client):
    ShiftFactory()

    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert response.context["form"].errors
    assert (shown(response), "form-errors" in response.content.decode()) == ([], True)


@pytest.mark.parametrize("query", ["street=%00", "pillar=%E2%80%AE"])
def test_shift_list_answers_400_to_control_characters(query, client):
    assert client.get(f"{LIST}?{query}").status_code == 400


def test_shift_list_fragment_is_the_rows_alone(client):
    shift = ShiftFactory()

    response = client.get(LIST, headers={"HX-Request": "true"})

    page = response.content.decode()
    assert ("<html" in page, shift.get_absolute_url() in page) == (False, True)
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("count", [1, 3])
def test_shift_list_asks_a_fixed_number_of_queries(
    count, signed_in, django_assert_num_queries
):
    client, person = own_client(signed_in)
    for _row in range(count):
        SignupFactory(volunteer=person, shift=ShiftFactory())

    with django_assert_num_queries(7):
        assert len(shown(client.get(LIST))) == count


def own_client(signed_in):
    person = VolunteerFactory()
    return signed_in(person.user), person


def test_shift_list_marks_ones_own_signups(signed_in):
    client, person = own_client(signed_in)
    ShiftFactory()
    SignupFactory(volunteer=person)

    rows = client.get(LIST).context["shifts"]

    assert [(shift.state, shift.label) for shift in rows] == [
        ("open", "可报名"),
        ("confirmed", "已报名"),
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param({}, "近期没有可报名的班次", id="no shifts at all"),
        pytest.param({"places": "on"}, "没有符合条件的班次", id="none that fit"),
    ],
)
def test_shift_list_without_shifts_says_why(query, said, client):
    assert said in client.get(LIST, query).content.decode()


def detail(client, shift):
    return client.get(shift.get_absolute_url())


def test_shift_detail_offers_sign_in_to_the_anonymous(client):
    shift = ShiftFactory()

    page = detail(client, shift).content.decode()

    assert f"/accounts/login/?next=/shifts/{shift.pk}/" in page


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({}, id="draft"),
        pytest.param({"state": "published", "is_public": False}, id="not public"),
        pytest.param({"state": "cancelled"}, id="cancelled"),
    ],
)
def test_shift_detail_of_a_hidden_activity_is_404(values, client, signed_in, stranger):
    shift = ShiftFactory(activity=ActivityFactory(**values))

    answers = [detail(who, shift).status_code for who in (client, signed_in(stranger))]

    assert answers == [404, 404]


@pytest.mark.parametrize("state", ["cancelled", "submitted", "returned"])
def test_shift_detail_stays_open_to_who_signed_up(state, signed_in):
    client, person = own_client(signed_in)
    signup = SignupFactory(volunteer=person)
    Activity.objects.filter(pk=signup.shift.activity_id).update(state=state)

    assert detail(client, signup.shift).status_code == 200


def test_shift_detail_offers_the_button(signed_in, stranger):
    shift = ShiftFactory()

    page = detail(signed_in(stranger), shift).content.decode()

    assert f'action="/shifts/{shift.pk}/signup/"' in page
    assert not hasattr(User.objects.get(pk=stranger.pk), "volunteer")


def test_shift_detail_of_a_full_shift_offers_the_waitlist(signed_in, stranger):
    shift = SignupFactory(shift=ShiftFactory(capacity=1)).shift

    assert "加入候补" in detail(signed_in(stranger), shift).content.decode()


def full_shift():
    return SignupFactory(shift=ShiftFactory(capacity=1, waitlist_capacity=0)).shift


def full_waitlist():
    shift = ShiftFactory(capacity=1, waitlist_capacity=1)
    SignupFactory(shift=shift)
    return SignupFactory(shift=shift, state=Signup.State.WAITLISTED).shift


def closing_now():
    return ShiftFactory(activity=published(starts_at=timezone.now()))


def closed_shift():
    return ShiftFactory(signup_closes_at=timezone.now())


@pytest.mark.parametrize(
    ("make", "person", "text"),
    [
        pytest.param(full_shift, {}, "名额已满。", id="full"),
        pytest.param(full_waitlist, {}, "名额和候补名额都已满。", id="waitlist full"),
        pytest.param(closing_now, {}, "班次已开始或已结束", id="started"),
        pytest.param(closed_shift, {}, "报名已截止。", id="closed"),
        pytest.param(
            lambda: ShiftFactory(state=Shift.State.CANCELLED),
            {},
            "该班次已取消。",
            id="cancelled",
        ),
        pytest.param(
            lambda: ShiftFactory(activity=published(risk="medium")),
            {"age_band": "14-17"},
            "未满18周岁不能参加夜间或有风险的班次。",
            id="age",
        ),
    ],
)
def test_shift_detail_names_each_refusal(make, person, text, signed_in):
    shift = make()

    response = detail(signed_in(UserFactory(**person)), shift)

    assert text in response.content.decode()
    assert "/signup/" not in response.content.decode()


def test_shift_detail_leads_a_minor_to_the_guardian_form(signed_in):
    start = (timezone.localtime() + timedelta(days=3)).replace(hour=9)
    shift = ShiftFactory(starts_at=start)

    response = detail(signed_in(UserFactory(age_band="14-17")), shift)

    assert response.context["refusal"].code == "needs_guardian"
    assert reverse("volunteers:volunteer_edit") in response.content.decode()


def test_shift_detail_names_a_clash(signed_in):
    client, person = own_client(signed_in)
    shift = ShiftFactory()
    SignupFactory(volunteer=person, shift=ShiftFactory(starts_at=shift.starts_at))

    assert "时间冲突" in detail(client, shift).content.decode()


def test_shift_detail_shows_ones_place_on_the_waitlist(signed_in):
    client, person = own_client(signed_in)
    signup = SignupFactory(volunteer=person, state=Signup.State.WAITLISTED)

    page = detail(client, signup.shift).content.decode()

    assert ("候补序号 1" in page, "退出候补" in page) == (True, True)


def test_shift_detail_of_a_cancelled_shift_offers_no_cancelling(signed_in):
    client, person = own_client(signed_in)
    shift = ShiftFactory(state=Shift.State.CANCELLED)
    SignupFactory(volunteer=person, shift=shift)

    page = detail(client, shift).content.decode()

    assert ("取消报名" in page, "该班次已取消。" in page) == (False, True)
    assert "找人替班" not in page


def test_shift_detail_puts_the_sign_up_box_before_the_terms(client):
    page = detail(client, ShiftFactory()).content.decode()

    assert page.index('id="signup"') < page.index("风险等级")


def test_shift_detail_leads_the_organizer_to_roll_and_form(signed_in, unit_official):
    organization = unit_official.memberships.get().organization
    shift = ShiftFactory(activity=published(organization=organization))

    page = detail(signed_in(unit_official), shift).content.decode()

    assert f"/desk/shifts/{shift.pk}/roll/" in page
    assert f"/desk/shifts/{shift.pk}/edit/" in page
