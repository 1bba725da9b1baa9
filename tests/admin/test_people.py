"""People: found, masked, blocked; never given rights from here."""

import pytest
from django.urls import reverse

from accounts.models import User
from core.audit import history_of
from tests.admin.pages import admin_url
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory
from tests.factories.volunteers import SignupFactory, VolunteerFactory

LABEL = "accounts.User"
PHONE = "+8613800138000"
pytestmark = pytest.mark.django_db


def act(client, action, user, **data):
    return client.post(
        admin_url(LABEL, "changelist"),
        {"action": action, "_selected_action": [user.pk], "confirmed": "yes", **data},
        follow=True,
    )


@pytest.mark.parametrize("term", ["陈示例", "chenshili", "138 0013 8000"])
def test_search_finds_a_person(term, office):
    person = UserFactory(display_name="陈示例", username="chenshili", phone=PHONE)
    UserFactory(display_name="林示例", username="linshili", phone="+8613800138001")

    response = office.get(admin_url(LABEL, "changelist"), {"q": term})

    assert list(response.context["cl"].queryset) == [person]


def test_search_by_part_of_a_phone_finds_nobody(office):
    UserFactory(username="someone", phone=PHONE)

    response = office.get(admin_url(LABEL, "changelist"), {"q": "138001"})

    assert list(response.context["cl"].queryset) == []


@pytest.mark.parametrize("column", ["phone__startswith", "password__startswith"])
def test_list_cannot_be_used_to_guess_a_column(column, office):
    response = office.get(admin_url(LABEL, "changelist"), {column: "+86138"})

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("label", "make"),
    [
        ("accounts.User", lambda user: user),
        ("volunteers.Volunteer", lambda user: VolunteerFactory(user=user)),
        ("volunteers.Signup", lambda user: SignupFactory(volunteer__user=user)),
    ],
    ids=["user", "volunteer", "signup"],
)
@pytest.mark.parametrize("page", ["changelist", "change"])
def test_phone_is_masked(label, make, page, office):
    record = make(UserFactory(phone=PHONE))
    args = [record.pk] if page == "change" else []

    text = office.get(admin_url(label, page, *args)).content.decode()

    assert "138****8000" in text
    assert "13800138000" not in text


def test_person_shows_no_password_and_no_flags(office):
    user = UserFactory()
    user.set_password("示例口令-2026")
    user.save()

    text = office.get(admin_url(LABEL, "change", user.pk)).content.decode()

    assert user.password not in text
    assert not any(
        name in text for name in ("is_superuser", "is_staff", "user_permissions")
    )


@pytest.mark.parametrize("user_is", ["oneself", "another"])
def test_posting_is_superuser_has_no_effect(user_is, office, office_official):
    user = office_official if user_is == "oneself" else UserFactory()

    response = office.post(
        admin_url(LABEL, "change", user.pk),
        {"display_name": "示例", "is_superuser": "on", "is_staff": "on", "groups": "1"},
    )

    user.refresh_from_db()
    assert response.status_code == 403
    assert (user.is_superuser, user.is_staff) == (False, False)


def test_deactivate_signs_out_and_records_the_reason(office, signed_in):
    user = UserFactory()
    client = signed_in(user)

    act(office, "deactivate", user, reason="账号被盗用")

    [entry] = history_of(user)
    assert (entry.verb, entry.reason) == ("accounts.user_deactivated", "账号被盗用")
    assert client.get(reverse("account_email")).status_code == 302


def test_deactivate_without_reason_asks_again(office):
    user = UserFactory()

    response = act(office, "deactivate", user)

    user.refresh_from_db()
    assert "reason" in response.context["form"].errors
    assert user.is_active


def test_reactivate_lets_in_again(office):
    user = UserFactory(is_active=False)

    act(office, "reactivate", user, reason="核实无误")

    user.refresh_from_db()
    assert user.is_active


@pytest.mark.parametrize(
    "make",
    [
        lambda: UserFactory(is_superuser=True),
        lambda: MembershipFactory(role="office").user,
        lambda: User.objects.get(memberships__role="office"),
    ],
    ids=["superuser", "colleague", "oneself"],
)
def test_deactivate_of_an_equal_is_refused(make, office):
    user = make()

    response = act(office, "deactivate", user, reason="示例理由")

    user.refresh_from_db()
    assert user.is_active
    assert "您不能停用或恢复该账号。" in response.content.decode()


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_register_of_signups_tells_of_nobody_whether_they_came(page, office):
    signup = SignupFactory(state="no_show", is_late=True)
    args = [signup.pk] if page == "change" else []

    text = office.get(admin_url("volunteers.Signup", page, *args)).content.decode()

    assert ("未到" in text, "已结算" in text) == (False, True)


def test_register_of_signups_is_not_narrowed_to_who_did_not_come(office):
    url = admin_url("volunteers.Signup", "changelist")
    SignupFactory(state="no_show")
    settled = office.get(url, {"told": "settled"})

    assert office.get(url, {"state__exact": "no_show"}).status_code == 400
    assert settled.context["cl"].queryset.count() == 1
