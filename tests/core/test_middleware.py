"""What every request passes."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.request_ids import RequestIdFilter, current_request_id, set_request_id
from tests.factories.campaigns import CampaignFactory

PAGES = ["/", "/shifts/", "/accounts/login/", "/accounts/signup/", "/no/such/page/"]
HX = {"HX-Request": "true"}
SIGN_IN = "/accounts/login/?next="


# Request number -------------------------------------------------------------


def test_each_request_has_a_number_of_its_own(db):
    numbers = {Client().get("/healthz")["X-Request-ID"] for _ in range(3)}

    assert len(numbers) == 3
    assert all(len(number) == 16 for number in numbers)


def test_number_of_the_caller_is_not_believed(db):
    response = Client().get("/healthz", headers={"X-Request-ID": "mine"})

    assert response["X-Request-ID"] != "mine"


def test_log_lines_carry_the_number():
    set_request_id("0123456789abcdef")
    record = logging.makeLogRecord({})

    RequestIdFilter().filter(record)

    assert record.request_id == current_request_id() == "0123456789abcdef"


def test_log_lines_outside_a_request_carry_a_dash():
    set_request_id("")
    record = logging.makeLogRecord({})

    RequestIdFilter().filter(record)

    assert record.request_id == "-"


# Clean input ----------------------------------------------------------------


@pytest.mark.parametrize("text", ["%00", "%E2%80%AE", "%E2%81%A9", "%1B", "%C2%9B"])
@pytest.mark.parametrize("place", ["/shifts/?q={}", "/shifts/?{}=1", "/pillars/{}/"])
def test_control_characters_in_the_address_are_refused(place, text, db):
    response = Client().get(place.format(text))

    assert response.status_code == (404 if place.startswith("/pillars") else 400)


@pytest.mark.parametrize("text", ["%E6%96%87", "%F0%A0%AE%B7", "%C2%B7", "a+b", "%25"])
def test_names_of_people_and_places_pass(text, db):
    assert Client().get(f"/communities/?text={text}").status_code == 200


# Content policy -------------------------------------------------------------


def _policy(response) -> dict[str, list[str]]:
    directives = response["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for line in directives if (words := line.split())}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_carries_a_strict_policy(page, db):
    policy = _policy(Client().get(page))

    assert policy == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.parametrize(
    "page", ["/admin/", "/admin/communities/organization/add/", "/desk/", "/reports/"]
)
def test_pages_of_officials_carry_it_too(page, signed_in, committee_official):
    response = signed_in(committee_official).get(page)

    assert response.status_code == 200
    assert "unsafe" not in response["Content-Security-Policy"]
    assert _policy(response)["script-src"] == ["'self'"]


@pytest.mark.parametrize("page", ["/", "/accounts/login/"])
def test_page_may_not_be_framed_sniffed_or_leak_its_address(page, db):
    response = Client().get(page)

    headers = ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")
    assert [response[name] for name in headers] == ["DENY", "nosniff", "same-origin"]


# Transport ------------------------------------------------------------------


@pytest.fixture
def https(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    return Client()


def test_plain_http_is_led_to_https(https, db):
    response = https.get("/shifts/?places=on")

    assert response.status_code == 301
    assert response["Location"] == "https://testserver/shifts/?places=on"


@pytest.mark.parametrize("page", ["/healthz", "/readyz"])
def test_probes_are_answered_without_https(page, https, db):
    assert https.get(page).status_code == 200


def test_https_is_demanded_for_a_year(https, db):
    assert (
        https.get("/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    )


def test_secure_cookies_are_not_sent_over_plain_http(settings, db):
    settings.CSRF_COOKIE_SECURE = True

    response = Client().get("/accounts/login/")

    assert response.cookies["csrftoken"]["secure"] is True


# Sign-in from within a fragment ---------------------------------------------


@pytest.mark.parametrize(
    ("current", "wanted"),
    [
        ("http://testserver/desk/?page=2", "%2Fdesk%2F%3Fpage%3D2"),
        ("http://evil.invalid/desk/", "%2F"),
        ("http://testserver@evil.invalid/", "%2F"),
        ("http://testserver//evil.invalid/", "%2F"),
        ("//evil.invalid/", "%2F"),
        ("javascript:alert(1)", "%2F"),
        ("http://[broken", "%2F"),
        ("", "%2F"),
    ],
)
def test_expired_session_leads_the_whole_page_to_sign_in(current, wanted, db):
    headers = {**HX, "HX-Current-URL": current} if current else HX

    response = Client().get("/me/", headers=headers)

    assert response.status_code == 401
    assert response["HX-Redirect"] == SIGN_IN + wanted
    assert "Location" not in response


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("http://testserver/desk/whistles/1/?page=2", "%2Fdesk%2Fwhistles%2F1%2F%3F"),
        ("http://evil.invalid/desk/", "/desk/whistles/1/issue/"),
        ("", "/desk/whistles/1/issue/"),
    ],
)
def test_form_sent_after_the_session_ended_leads_back_to_its_page(page, wanted, db):
    url = reverse("campaigns:whistle_issue", args=[1])

    response = Client().post(url, headers={"Referer": page})

    assert response.status_code == 302
    assert response["Location"].startswith(SIGN_IN + wanted)


def test_page_that_was_only_looked_at_is_where_sign_in_leads_back_to(db):
    headers = {"Referer": "http://testserver/desk/"}

    assert Client().get("/me/", headers=headers)["Location"] == SIGN_IN + "/me/"


def test_plain_page_is_redirected_as_ever(db):
    response = Client().get("/me/")

    assert (response.status_code, response["Location"]) == (302, SIGN_IN + "/me/")


def test_other_redirects_of_fragments_are_left_alone(signed_in, stranger):
    response = signed_in(stranger).get("/start/", headers=HX)

    assert (response.status_code, response["Location"]) == (302, "/me/")


# Caches ---------------------------------------------------------------------


@pytest.mark.parametrize("page", ["/", "/shifts/", "/me/", "/desk/"])
def test_pages_of_signed_in_people_are_not_kept(page, signed_in, office_official):
    response = signed_in(office_official).get(page)

    assert "no-store" in response["Cache-Control"]


def test_admin_pages_are_not_kept(signed_in, office_official):
    response = signed_in(office_official).get("/admin/")

    assert "no-store" in response["Cache-Control"]


def test_public_page_of_nobody_may_be_kept(db):
    CampaignFactory()

    assert "no-store" not in Client().get("/").get("Cache-Control", "")


def test_pages_that_differ_for_fragments_say_so(db):
    assert "HX-Request" in Client().get("/shifts/")["Vary"]


# Behind proxies -------------------------------------------------------------


def _sign_ins(addresses: list[str]) -> list[int]:
    """The statuses of wrong sign-ins with these forwarded addresses, in turn."""
    return [
        Client()
        .post(
            reverse("account_login"),
            {"login": f"nobody{number}", "password": "wrong-password"},
            headers={"X-Forwarded-For": address},
        )
        .status_code
        for number, address in enumerate(addresses)
    ]


@pytest.fixture
def limited(settings, db):
    """Two tries a minute from one address."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "login_failed": None}
    cache.clear()
    yield settings
    cache.clear()


def test_forwarded_address_does_not_help_without_a_proxy(limited):
    limited.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    statuses = _sign_ins(["10.0.0.1", "10.0.0.2", "10.0.0.3"])

    assert statuses == [200, 200, 429]


def test_people_behind_one_proxy_are_told_apart(limited):
    limited.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    statuses = _sign_ins(["10.0.0.1", "10.0.0.2", "10.0.0.3"])

    assert statuses == [200, 200, 200]


def test_address_written_by_the_guesser_does_not_help_behind_a_proxy(limited):
    limited.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    statuses = _sign_ins(
        ["10.9.9.1, 10.0.0.1", "10.9.9.2, 10.0.0.1", "10.9.9.3, 10.0.0.1"]
    )

    assert statuses == [200, 200, 429]


def test_two_proxies_are_counted_from_the_right(limited):
    limited.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    statuses = _sign_ins([f"10.9.9.{n}, 10.0.0.1, 172.16.0.{n}" for n in range(1, 4)])

    assert statuses == [200, 200, 429]


def test_refusal_for_too_many_tries_is_in_chinese(limited):
    limited.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    _sign_ins(["10.0.0.1", "10.0.0.1"])

    response = Client().post(
        reverse("account_login"), {"login": "nobody", "password": "wrong-password"}
    )

    assert response.status_code == 429
    assert "<h1>" in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]
