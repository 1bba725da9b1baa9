"""Signing in and out, and the limits on trying."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
PASSWORD = "bamboo-Fluss-71"
FULL_WIDTH = "１３８０００００００１"  # noqa: RUF001


def person(**values):
    user = UserFactory.build(
        username="linmei", phone="+8613800000001", email="lin@example.invalid", **values
    )
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, login, password=PASSWORD, **values):
    return client.post(LOGIN, {"login": login, "password": password, **values})


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "login",
    [
        "13800000001",
        "138 0000 0001",
        "138-0000-0001",
        "+8613800000001",
        "+86 138 0000 0001",
        "008613800000001",
        FULL_WIDTH,
        " 13800000001 ",
        "lin@example.invalid",
        "LIN@Example.Invalid",
        "linmei",
    ],
)
def test_login_takes_phone_mail_or_name(login, client):
    person()

    response = sign_in(client, login)

    assert (response.status_code, response.url) == (302, reverse("start"))
    assert is_signed_in(client)


def test_login_greets_without_the_made_up_user_name(client):
    person()

    page = client.post(LOGIN, {"login": "linmei", "password": PASSWORD}, follow=True)

    said = [str(message) for message in page.context["messages"]]
    assert said == ["登录成功。"]


@pytest.mark.parametrize(
    ("login", "password"),
    [
        pytest.param("13800000001", "wrong", id="wrong password"),
        pytest.param("13800000002", PASSWORD, id="unknown phone"),
        pytest.param("nobody@example.invalid", PASSWORD, id="unknown mail"),
        pytest.param("lin%", PASSWORD, id="unknown name"),
        pytest.param("", PASSWORD, id="nothing"),
        pytest.param("lin\u202emei", PASSWORD, id="bidi control"),
        pytest.param("lin\x00mei", PASSWORD, id="nul"),
        pytest.param("l" * 300, PASSWORD, id="too long"),
        pytest.param("1" * 200, PASSWORD, id="long number"),
    ],
)
def test_login_refused_stays_on_the_page(login, password, client):
    person()

    response = sign_in(client, login, password)

    assert bool(response.context["form"].errors)
    assert not is_signed_in(client)


def test_login_does_not_tell_whether_the_account_exists(client):
    person()

    answers = [
        sign_in(client, login, "wrong").context["form"].errors
        for login in ("13800000001", "13800000002")
    ]

    assert answers[0] == answers[1]


def test_login_of_a_closed_account_is_refused(client):
    person(is_active=False)

    sign_in(client, "linmei")

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("target", "url"),
    [
        pytest.param("/shifts/?street=1", "/shifts/?street=1", id="here"),
        pytest.param("https://elsewhere.example/", "/start/", id="elsewhere"),
        pytest.param("//elsewhere.example/", "/start/", id="without scheme"),
        pytest.param("javascript:alert(1)", "/start/", id="script"),
        pytest.param("/\\elsewhere.example", "/start/", id="backslash"),
    ],
)
def test_login_follows_next_only_to_this_portal(target, url, client):
    person()

    assert sign_in(client, "linmei", next=target).url == url


def test_login_page_keeps_next(client):
    page = client.get(LOGIN, {"next": "/shifts/7/"}).content.decode()

    assert '<input type="hidden" name="next" value="/shifts/7/"' in page


def test_start_leads_officials_to_their_desk(signed_in):
    official, volunteer = MembershipFactory().user, UserFactory()

    urls = [signed_in(user).get("/start/").url for user in (official, volunteer)]

    assert urls == [reverse("reports:desk"), reverse("volunteers:me")]


def test_logout_by_post_ends_the_session(signed_in):
    client = signed_in(person())

    shown = client.get(reverse("account_logout"))
    was_signed_in = is_signed_in(client)
    response = client.post(reverse("account_logout"))

    assert (shown.status_code, was_signed_in) == (200, True)
    assert (response.url, is_signed_in(client)) == ("/", False)


def test_page_after_login_is_kept_out_of_caches(signed_in):
    response = signed_in(person()).get(reverse("volunteers:me"))

    assert response["Cache-Control"] == "no-store, private"


def test_expired_login_of_a_fragment_reloads_the_page(client):
    response = client.get(
        reverse("volunteers:me"),
        headers={
            "HX-Request": "true",
            "HX-Current-URL": "http://testserver/me/inbox/?page=2",
        },
    )

    assert (response.status_code, response.content) == (401, b"")
    assert response["HX-Redirect"] == f"{LOGIN}?next=%2Fme%2Finbox%2F%3Fpage%3D2"


def test_expired_login_of_a_fragment_from_elsewhere_leads_home(client):
    response = client.get(
        reverse("volunteers:me"),
        headers={"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/"},
    )

    assert response["HX-Redirect"] == f"{LOGIN}?next=%2F"


def test_login_succeeds_while_the_mail_server_is_down(client, settings):
    person()
    settings.EMAIL_BACKEND = "tests.accounts.mail_servers.UnreachableBackend"

    assert sign_in(client, "lin@example.invalid").status_code == 302


@pytest.fixture
def limited(settings):
    """The limits of real life."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "signup": "60/m/ip"}


@pytest.mark.usefixtures("limited")
def test_login_after_five_wrong_passwords_waits(client):
    person()
    spellings = ["13800000001", "138 0000 0001", "+8613800000001", "008613800000001"]
    for spelling in [*spellings, "138-0000-0001"]:
        sign_in(client, spelling, "wrong")

    response = sign_in(client, "13800000001")

    assert not is_signed_in(client)
    assert "试的次数太多" in str(response.context["form"].errors)


@pytest.mark.usefixtures("limited")
def test_login_limit_of_one_account_spares_another(client):
    person()
    for _attempt in range(6):
        sign_in(client, "13800000009", "wrong")

    sign_in(client, "13800000001")

    assert is_signed_in(client)


@pytest.mark.usefixtures("limited")
def test_login_beyond_the_limit_of_one_address_answers_429(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}

    answers = [sign_in(client, f"nobody{n}", "wrong").status_code for n in range(3)]

    assert answers == [200, 200, 429]


@pytest.mark.usefixtures("limited", "dead_broker")
def test_login_and_its_limit_hold_without_a_broker(client):
    person()
    for _attempt in range(5):
        sign_in(client, "13800000001", "wrong")
    refused = is_signed_in(client) or sign_in(client, "linmei@", "wrong").status_code

    assert (refused, sign_in(client, "linmei").status_code) == (200, 302)
