"""Registering, by phone or by e-mail."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.adapter import AccountAdapter
from accounts.models import User
from tests.accounts.smtp_servers import smtp_server
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SIGNUP = reverse("account_signup")
PASSWORD = "bamboo-Fluss-71"
FULL_WIDTH = "１３８０００００００１"  # noqa: RUF001


def filled(**values):
    """What a person types; None leaves a field out."""
    typed = {
        "display_name": "示例新人",
        "phone": "138 0000 0001",
        "age_band": "18-59",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "consent": "on",
        **values,
    }
    return {name: value for name, value in typed.items() if value is not None}


def errors_of(response):
    """The errors by field; a sign-up that went through has none."""
    return {
        name: [str(text) for text in texts]
        for name, texts in response.context["form"].errors.items()
    }


def test_signup_by_phone_alone_signs_in(client, settings):
    response = client.post(SIGNUP, filled())

    assert (response.status_code, response.url) == (302, reverse("start"))
    user = User.objects.get()
    assert (user.display_name, user.phone, user.email, user.age_band) == (
        "示例新人",
        "+8613800000001",
        "",
        "18-59",
    )
    assert user.consent_version == settings.CONSENT_VERSION
    assert (timezone.now() - user.consented_at).total_seconds() < 60
    assert client.session["_auth_user_id"] == str(user.pk)


def test_signup_by_email_alone_signs_in(client):
    response = client.post(SIGNUP, filled(phone="", email="Neu@Example.invalid"))

    assert response.status_code == 302
    user = User.objects.get()
    assert (user.phone, user.email.lower()) == (None, "neu@example.invalid")


def test_signup_twice_by_email_keeps_the_phones_apart(client):
    for number in range(2):
        client.post(SIGNUP, filled(phone="", email=f"n{number}@example.invalid"))
        client.logout()

    assert list(User.objects.values_list("phone", flat=True)) == [None, None]


def test_signup_makes_a_user_name_that_tells_nothing(client):
    client.post(SIGNUP, filled(email="neu@example.invalid"))

    username = User.objects.get().username
    assert (username[0], len(username)) == ("u", 11)
    assert "neu" not in username


def test_signup_follows_a_next_on_this_portal(client):
    response = client.post(SIGNUP, filled(next="/shifts/"))

    assert response.url == "/shifts/"


def test_signup_ignores_a_next_elsewhere(client):
    response = client.post(SIGNUP, filled(next="https://elsewhere.example/"))

    assert response.url == reverse("start")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(
            {"phone": ""},
            {"phone": ["请填写手机号或邮箱，至少一项。"]},
            id="neither",
        ),
        pytest.param(
            {"phone": "12345"},
            {"phone": ["请输入有效的电话号码，例如 138 0013 8000。"]},
            id="bad phone",
        ),
        pytest.param(
            {"phone": "", "email": "nobody"},
            {"email": ["邮箱写法不对，例如 name@example.cn。"]},
            id="bad mail",
        ),
        pytest.param(
            {"consent": None}, {"consent": ["请先阅读并同意后再注册。"]}, id="consent"
        ),
        pytest.param({"age_band": ""}, {"age_band": ["请选择一项。"]}, id="age"),
        pytest.param(
            {"age_band": "0-13"},
            {"age_band": ["没有“0-13”这个选项，请重新选择。"]},
            id="too young",
        ),
        pytest.param(
            {"display_name": "示\u202e例"},
            {
                "display_name": [
                    "文字中含有不可见或非法的字符（U+202E），请删去后重新输入。"
                ]
            },
            id="bidi control in the name",
        ),
        pytest.param(
            {"display_name": "　"},
            {"display_name": ["请填写这一项。"]},
            id="blank name",
        ),
        pytest.param(
            {"password2": "another-Fluss-72"},
            {"password2": ["每次输入的密码必须相同。"]},
            id="passwords differ",
        ),
    ],
)
def test_signup_names_the_field_in_error(values, expected, client):
    response = client.post(SIGNUP, filled(**values))

    assert errors_of(response) == expected
    assert User.objects.count() == 0


def test_signup_with_nul_in_the_name_is_refused(client):
    response = client.post(SIGNUP, filled(display_name="示\x00例"))

    assert list(errors_of(response)) == ["display_name"]


def test_signup_keeps_what_was_typed(client):
    page = client.post(SIGNUP, filled(consent=None)).content.decode()

    assert ("示例新人" in page, PASSWORD in page) == (True, False)


@pytest.mark.parametrize("spelling", ["13800000001", "+86 138-0000-0001", FULL_WIDTH])
def test_signup_with_a_taken_phone_leads_to_sign_in(spelling, client):
    UserFactory(phone="+8613800000001")

    response = client.post(SIGNUP, filled(phone=spelling))

    assert errors_of(response) == {"phone": ["该手机号已注册，请直接登录或找回密码。"]}
    assert User.objects.count() == 1


@pytest.mark.parametrize("spelling", ["taken@example.invalid", "TAKEN@example.invalid"])
def test_signup_with_a_taken_email_is_refused(spelling, client):
    UserFactory(email="taken@example.invalid")

    response = client.post(SIGNUP, filled(phone="", email=spelling))

    assert list(errors_of(response)) == ["email"]
    assert User.objects.count() == 1


def test_signup_clicked_twice_leads_to_sign_in(client, monkeypatch):
    UserFactory(phone="+8613800000001")
    # The other click is committed after this one has looked.
    monkeypatch.setattr(AccountAdapter, "get_user_by_phone", lambda self, phone: None)

    response = client.post(SIGNUP, filled())

    assert (response.status_code, response.url) == (302, reverse("account_login"))
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == ["该账号刚刚已注册成功，请直接登录。"]
    assert User.objects.count() == 1


def test_signup_of_a_robot_makes_no_account(client):
    client.post(SIGNUP, filled(website="https://spam.example/"))

    assert User.objects.count() == 0


def test_signup_page_shows_every_field_once(client):
    page = client.get(SIGNUP).content.decode()

    names = ["display_name", "phone", "email", "age_band", "password1", "consent"]
    assert [page.count(f'name="{name}"') for name in names] == [1] * 6


def test_signup_succeeds_while_the_mail_server_is_down(client, settings):
    settings.EMAIL_BACKEND = "tests.accounts.mail_servers.UnreachableBackend"

    response = client.post(SIGNUP, filled(phone="", email="neu@example.invalid"))

    assert (response.status_code, User.objects.count()) == (302, 1)


def test_signup_whose_mail_is_refused_keeps_the_address_out_of_the_logs(
    client, settings, caplog
):
    with smtp_server(settings, RCPT="550 reader@example.invalid unknown") as server:
        client.post(SIGNUP, filled(email="reader@example.invalid"))

    assert "confirmation mail was not sent: 550 *** unknown" in caplog.text
    assert "reader@" not in caplog.text
    assert server.mails == []
