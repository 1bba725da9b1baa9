"""Pages of families and branches: the form, the contact's page, the link."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.communities import MembershipFactory
from tests.factories.groups import CompanionFactory, SignupGroupFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.models import Companion, Signup, SignupGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift():
    """By day, with five places."""
    start = timezone.localtime() + timedelta(days=4)
    return ShiftFactory(starts_at=start.replace(hour=9, minute=0), capacity=5)


@pytest.fixture
def companion(shift):
    """An open place of a group that has its places."""
    group = SignupGroupFactory(shift=shift)
    SignupFactory(shift=shift, volunteer=group.contact, group=group, heads=2)
    return CompanionFactory(group=group)


def create_url(shift):
    return reverse("volunteers:group_create", args=[shift.pk])


def join_url(group):
    return reverse("volunteers:group_join", args=[group.token])


def posted(**values):
    return {
        "kind": "family",
        "name_1": "示例同行",
        "age_1": "18+",
        "unnamed": "1",
        "has_consent": "on",
        **values,
    }


def test_group_create_signs_up_and_shows_the_link(shift, signed_in, stranger):
    client = signed_in(stranger)

    response = client.post(create_url(shift), posted())

    group = SignupGroup.objects.get()
    assert response.url == group.get_absolute_url()
    assert group.signups.get().heads == 3
    page = client.get(response.url).content.decode()
    assert (group.token in page, "示例同行" in page) == (True, True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"has_consent": ""}, "has_consent", id="no consent"),
        pytest.param({"age_1": ""}, "age_1", id="no age"),
        pytest.param({"unnamed": "9"}, "unnamed", id="too many"),
        pytest.param({"name_1": "13800138000"}, "name_1", id="a phone"),
        pytest.param({"age_1": "14-17"}, "__all__", id="no guardian"),
    ],
)
def test_group_create_with_something_missing_is_422(
    values, field, shift, signed_in, stranger
):
    response = signed_in(stranger).post(create_url(shift), posted(**values))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Signup.objects.count() == 0


def test_group_create_of_a_closed_shift_says_why(signed_in, stranger):
    shift = ShiftFactory(starts_at=timezone.now())

    page = signed_in(stranger).get(create_url(shift)).content.decode()

    assert "不能报名" in page


def test_group_join_takes_the_place(companion, signed_in, stranger):
    client, group = signed_in(stranger), companion.group
    assert join_url(group) in client.get(group.get_absolute_url()).content.decode()

    response = client.post(join_url(group))

    assert response.url == group.shift.get_absolute_url()
    companion.refresh_from_db()
    assert companion.signup.volunteer.user == stranger


def test_group_join_without_an_open_place_is_409(companion, signed_in, stranger):
    Companion.objects.update(left_at=timezone.now())

    response = signed_in(stranger).post(join_url(companion.group))

    assert response.status_code == 409
    assert "同行名额都已有人" in response.content.decode()


def test_group_page_tells_the_link_holder_no_other_names(
    companion, signed_in, stranger
):
    CompanionFactory(
        group=companion.group, name="示例小名", consented_at=timezone.now()
    )

    page = signed_in(stranger).get(companion.group.get_absolute_url())

    assert "示例小名" not in page.content.decode()


def test_companion_leave_by_the_contact_frees_the_place(companion, signed_in):
    client = signed_in(companion.group.contact.user)

    response = client.post(reverse("volunteers:companion_leave", args=[companion.pk]))

    assert response.url == companion.group.get_absolute_url()
    assert companion.group.signups.get().heads == 1


def test_companion_name_by_the_contact_keeps_the_place(companion, signed_in):
    client = signed_in(companion.group.contact.user)
    url = reverse("volunteers:companion_name", args=[companion.pk])
    values = {"name": "示例", "age_band": "18+", "has_consent": "on"}

    assert client.post(url, {**values, "has_consent": ""}).status_code == 422
    assert client.post(url, values).status_code == 302

    companion.refresh_from_db()
    assert companion.name == "示例"


@pytest.mark.parametrize("name", ["companion_leave", "companion_name"])
def test_companion_of_somebody_else_is_404(name, companion, signed_in, stranger):
    url = reverse(f"volunteers:{name}", args=[companion.pk])

    assert signed_in(stranger).post(url).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_group_page_asks_a_fixed_number_of_queries(
    count, companion, signed_in, django_assert_num_queries
):
    for _row in range(count):
        joined = SignupFactory(shift=companion.group.shift, group=companion.group)
        CompanionFactory(group=companion.group, signup=joined)
    client = signed_in(companion.group.contact.user)
    address = companion.group.get_absolute_url()

    with django_assert_num_queries(7):
        client.get(address)


@pytest.mark.parametrize(("days", "is_named"), [(0, True), (31, False)])
def test_roll_names_companions_around_the_day_alone(
    days, is_named, companion, signed_in, time_machine
):
    companion.name, companion.consented_at = "示例小名", timezone.now()
    companion.save()
    shift = companion.group.shift
    official = MembershipFactory(
        role="unit", organization=shift.activity.organization
    ).user
    time_machine.move_to(shift.ends_at + timedelta(days=days, hours=1), tick=False)

    page = signed_in(official).get(reverse("volunteers:shift_roll", args=[shift.pk]))

    assert ("示例小名" in page.content.decode()) is is_named
