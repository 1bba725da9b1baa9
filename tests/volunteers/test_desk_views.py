"""The organiser's pages: shifts of an activity, the roll, cancelling."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from campaigns.models import Activity
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.models import Shift

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PAGES = [
    "activity_shifts",
    "shift_create",
    "activity_cancel",
    "shift_edit",
    "shift_cancel",
    "shift_roll",
]
GUARDED = PAGES[1:]


@pytest.fixture
def activity(organization):
    """A published activity of `organization`."""
    return ActivityFactory(
        organization=organization, state=Activity.State.PUBLISHED, place="示例广场"
    )


@pytest.fixture
def shift(activity):
    """A shift of `activity` with two places."""
    return ShiftFactory(activity=activity)


@pytest.fixture
def desk(signed_in, unit_official):
    """A client signed in for the organisation."""
    return signed_in(unit_official)


def url_of(page, shift):
    is_of_shift = page.startswith("shift_") and page != "shift_create"
    pk = shift.pk if is_of_shift else shift.activity_id
    return reverse(f"volunteers:{page}", args=[pk])


def typed(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def filled(activity, **values):
    """What the form of a shift is posted with."""
    return {
        "title": "交通劝导",
        "starts_at": typed(activity.starts_at + timedelta(hours=1)),
        "ends_at": typed(activity.starts_at + timedelta(hours=3)),
        "place": "示例路口",
        "capacity": "5",
        "waitlist_capacity": "0",
        "closes_hours": "12",
        **values,
    }


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("page", PAGES)
def test_desk_page_opens_for_the_organizer(page, desk, shift):
    SignupFactory(shift=shift)

    assert desk.get(url_of(page, shift)).status_code == 200


@pytest.mark.parametrize("page", GUARDED)
def test_desk_page_of_a_draft_is_404_to_strangers(page, signed_in, stranger, shift):
    Activity.objects.filter(pk=shift.activity_id).update(state="draft")

    assert signed_in(stranger).get(url_of(page, shift)).status_code == 404


@pytest.mark.parametrize("page", GUARDED)
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(UserFactory, id="volunteer"),
        pytest.param(lambda: MembershipFactory(role="office").user, id="office"),
        pytest.param(lambda: MembershipFactory(role="auditor").user, id="auditor"),
        pytest.param(
            lambda: (
                MembershipFactory(role="unit", organization=OrganizationFactory()).user
            ),
            id="another unit",
        ),
    ],
)
def test_desk_page_is_403_to_who_does_not_organize(page, make, signed_in, shift):
    assert signed_in(make()).get(url_of(page, shift)).status_code == 403


@pytest.mark.parametrize("page", GUARDED)
def test_desk_page_asks_the_anonymous_to_sign_in(page, client, shift):
    url = url_of(page, shift)

    assert client.get(url).url == f"/accounts/login/?next={url}"


def test_desk_page_is_403_when_the_role_ended_yesterday(desk, unit_official, shift):
    yesterday = timezone.localdate() - timedelta(days=1)
    unit_official.memberships.update(ends_on=yesterday)

    assert desk.get(url_of("shift_roll", shift)).status_code == 403


def test_activity_shifts_are_a_fragment_by_htmx(client, shift):
    url = url_of("activity_shifts", shift)

    page = client.get(url).content.decode()
    fragment = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert ("<html" in page, "<html" in fragment) == (True, False)
    assert shift.get_absolute_url() in page
    assert shift.get_absolute_url() in fragment


def test_activity_shifts_show_strangers_no_desk_links(client, desk, shift):
    url, link = url_of("activity_shifts", shift), url_of("shift_roll", shift)

    pages = [who.get(url).content.decode() for who in (client, desk)]

    assert [link in page for page in pages] == [False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_activity_shifts_ask_a_fixed_number_of_queries(
    count, client, activity, django_assert_num_queries
):
    ShiftFactory.create_batch(count, activity=activity)
    url = reverse("volunteers:activity_shifts", args=[activity.pk])

    with django_assert_num_queries(2):
        client.get(url, headers={"HX-Request": "true"})


def test_shift_create_adds_a_shift(desk, activity):
    url = reverse("volunteers:shift_create", args=[activity.pk])

    response = desk.post(url, filled(activity))

    assert (response.url, said(response)) == (
        activity.get_absolute_url(),
        ["班次已添加。"],
    )
    shift = activity.shifts.get()
    start = (activity.starts_at + timedelta(hours=1)).replace(second=0, microsecond=0)
    assert (shift.title, shift.starts_at, shift.capacity, shift.place) == (
        "交通劝导",
        start,
        5,
        "示例路口",
    )
    assert shift.signup_closes_at == start - timedelta(hours=12)


@pytest.mark.parametrize(
    ("from_now", "lasting", "is_proposed"),
    [
        (DAY, timedelta(hours=3), True),
        (DAY + timedelta(hours=14), timedelta(hours=3), True),
        (DAY, DAY, False),
        (-DAY, timedelta(hours=3), False),
    ],
    ids=["hours to come", "over midnight", "longer", "past"],
)
def test_shift_create_starts_from_the_activity(
    from_now, lasting, is_proposed, desk, activity
):
    morning = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    activity.starts_at = morning + from_now
    activity.ends_at = activity.starts_at + lasting
    activity.save(update_fields=["starts_at", "ends_at"])
    url = reverse("volunteers:shift_create", args=[activity.pk])

    initial = desk.get(url).context["form"].initial

    times = {"starts_at": activity.starts_at, "ends_at": activity.ends_at}
    assert initial == {
        **(times if is_proposed else {}),
        "place": "示例广场",
        "community": activity.community_id,
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"title": ""}, "title", id="no title"),
        pytest.param({"title": "班\u202e次"}, "title", id="bidi control"),
        pytest.param({"capacity": "0"}, "capacity", id="no place"),
        pytest.param({"capacity": "5001"}, "capacity", id="too many places"),
        pytest.param({"capacity": "99999999999999999999"}, "capacity", id="overflow"),
        pytest.param({"closes_hours": "-1"}, "closes_hours", id="closes after start"),
        pytest.param({"starts_at": "昨天"}, "starts_at", id="no date"),
        pytest.param({"starts_at": "9999-12-31T23:59"}, "starts_at", id="far future"),
        pytest.param({"ends_at": "2026-01-01T00:00"}, "ends_at", id="ends first"),
        pytest.param({"community": "999999"}, "community", id="unknown community"),
    ],
)
def test_shift_create_names_the_field_in_error(values, field, desk, activity):
    url = reverse("volunteers:shift_create", args=[activity.pk])

    response = desk.post(url, filled(activity, **values))

    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        [field],
    )
    assert activity.shifts.count() == 0


def test_shift_create_outside_the_activity_keeps_what_was_typed(desk, activity):
    url = reverse("volunteers:shift_create", args=[activity.pk])
    late = typed(activity.ends_at + timedelta(hours=1))

    response = desk.post(url, filled(activity, ends_at=late))

    page = response.content.decode()
    assert response.status_code == 422
    assert ("起止时间之内" in page, "交通劝导" in page) == (True, True)


def test_shift_edit_changes_the_shift(desk, shift):
    values = filled(shift.activity, capacity=9)

    response = desk.post(url_of("shift_edit", shift), values)

    assert said(response) == ["班次已修改。"]
    shift.refresh_from_db()
    assert shift.capacity == 9


def test_shift_edit_below_the_places_taken_says_why(desk, shift):
    SignupFactory.create_batch(2, shift=shift)

    values = filled(shift.activity, capacity=1)

    response = desk.post(url_of("shift_edit", shift), values)

    assert response.status_code == 422
    assert "需让出 1 个名额" in response.content.decode()
    shift.refresh_from_db()
    assert shift.capacity == 2


def test_shift_edit_unchanged_tells_nobody(desk, organization):
    start = timezone.now().replace(second=0, microsecond=0) + timedelta(days=3)
    activity = ActivityFactory(
        organization=organization, state="published", starts_at=start
    )
    shift = ShiftFactory(activity=activity)
    SignupFactory(shift=shift)
    url = url_of("shift_edit", shift)
    form = desk.get(url).context["form"]
    values = {field.name: field.value() for field in form if field.value() is not None}
    for name in ("starts_at", "ends_at"):
        values[name] = f"{values[name]:%Y-%m-%dT%H:%M}"

    response = desk.post(url, values)

    assert said(response) == ["班次已修改。"]
    assert Notification.objects.count() == 0
    assert shift.signup_closes_at == Shift.objects.get().signup_closes_at


def test_shift_cancel_says_first_whom_it_touches(desk, shift):
    SignupFactory(shift=shift)

    page = desk.get(url_of("shift_cancel", shift)).content.decode()

    assert ("1 人已报名" in page, "立即通知 1 人" in page) == (True, True)
    assert Shift.objects.get().state == "scheduled"


def test_shift_cancel_cancels_and_tells(desk, shift):
    SignupFactory(shift=shift)

    response = desk.post(url_of("shift_cancel", shift), {"reason": "台风"})

    assert said(response) == ["班次已取消，已通知所有报名的人。"]
    assert Shift.objects.get().state == "cancelled"
    assert Notification.objects.filter(kind="shift_cancelled").count() == 1


@pytest.mark.parametrize("page", ["shift_cancel", "activity_cancel"])
def test_cancelling_needs_a_reason(page, desk, shift):
    response = desk.post(url_of(page, shift), {"reason": " "})

    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        ["reason"],
    )
    shift.refresh_from_db()
    assert (shift.state, shift.activity.state) == ("scheduled", "published")


def test_shift_cancel_of_a_started_shift_says_why(desk, activity):
    shift = ShiftFactory(activity=activity, starts_at=timezone.now())

    response = desk.post(url_of("shift_cancel", shift), {"reason": "台风"})

    assert response.status_code == 422
    assert "班次已开始，不能取消。" in response.content.decode()


def test_activity_cancel_cancels_with_all_shifts(desk, shift):
    SignupFactory(shift=shift)

    response = desk.post(url_of("activity_cancel", shift), {"reason": "台风"})

    assert response.url == shift.activity.get_absolute_url()
    shift.refresh_from_db()
    assert (shift.state, shift.activity.state) == ("cancelled", "cancelled")
    assert desk.get(response.url).status_code == 200


@pytest.mark.parametrize("state", ["approved", "submitted", "ended"])
def test_activity_cancel_of_one_past_cancelling_says_why(state, desk, organization):
    activity = ActivityFactory(organization=organization, state=state)
    url = reverse("volunteers:activity_cancel", args=[activity.pk])

    response = desk.post(url, {"reason": "台风"})

    assert (response.status_code, response.context["form"].non_field_errors()) == (
        422,
        [f"当前状态为“{activity.get_state_display()}”，不能改为“已取消”。"],
    )
