"""What the environment makes of the settings; each case in a process of its own."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from scripts.clean_environment import clean_environment

KEY = "a-key-long-enough-for-production-" + "x" * 40
PRINT = """
import json
from xiangcheng_portal import settings
values = {name: getattr(settings, name) for name in NAMES if hasattr(settings, name)}
print(json.dumps(values, default=str))
"""


def _python(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=clean_environment(**{"SECRET_KEY": KEY, "DEBUG": "", **environment}),
        capture_output=True,
        text=True,
    )


def _settings(*names: str, **environment: str) -> dict:
    done = _python("-c", PRINT.replace("NAMES", repr(names)), **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _refusal(**environment: str) -> str:
    """The last line of a start that failed."""
    done = _python("-c", "import xiangcheng_portal.settings", **environment)
    assert done.returncode != 0
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("key", ["", "x" * 49], ids=["missing", "short"])
def test_production_refuses_a_weak_key(key):
    refusal = _refusal(SECRET_KEY=key)

    assert "ImproperlyConfigured: SECRET_KEY is missing or shorter" in refusal
    assert "xxxx" not in refusal


def test_manage_py_refuses_a_weak_key():
    done = _python("manage.py", "check", SECRET_KEY="")

    assert done.returncode != 0
    assert "SECRET_KEY is missing" in done.stderr


def test_a_holidays_file_that_cannot_be_read_stops_the_start(tmp_path):
    done = _python("manage.py", "check", HOLIDAYS_FILE=str(tmp_path / "none.csv"))

    assert done.returncode != 0
    assert "HOLIDAYS_FILE cannot be read" in done.stderr


def test_development_makes_up_a_key():
    values = _settings("SECRET_KEY", "DEBUG", SECRET_KEY="", DEBUG="on")

    assert values["DEBUG"] is True
    assert len(values["SECRET_KEY"]) >= 50


def test_key_is_read_from_a_file(tmp_path):
    path = tmp_path / "key"
    path.write_text(KEY)

    values = _settings("SECRET_KEY", SECRET_KEY="", SECRET_KEY_FILE=str(path))

    assert values == {"SECRET_KEY": KEY}


def test_debug_is_off_by_default():
    assert _settings("DEBUG") == {"DEBUG": False}


def test_https_address_turns_on_secure_transport():
    values = _settings(
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
        SITE_URL="https://portal.example.cn/",
    )

    assert values == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "ALLOWED_HOSTS": ["portal.example.cn"],
        "CSRF_TRUSTED_ORIGINS": ["https://portal.example.cn"],
    }


def test_http_address_leaves_cookies_usable():
    values = _settings(
        "SESSION_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        SITE_URL="http://127.0.0.1:8000",
    )

    assert values == {
        "SESSION_COOKIE_SECURE": False,
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
    }


@pytest.mark.parametrize(
    "url", ["portal.example.cn", "ftp://portal.example.cn", "https://", "javascript:1"]
)
def test_address_that_is_none_is_refused(url):
    assert "SITE_URL must be like https://" in _refusal(SITE_URL=url)


def test_lists_lose_blanks_and_empty_parts():
    values = _settings("ALLOWED_HOSTS", ALLOWED_HOSTS=" a.example , ,b.example,")

    assert values == {"ALLOWED_HOSTS": ["a.example", "b.example"]}


@pytest.mark.parametrize(
    ("count", "header"),
    [("0", None), ("2", ["HTTP_X_FORWARDED_PROTO", "https"])],
    ids=["none", "two"],
)
def test_forwarded_scheme_is_believed_behind_a_proxy_only(count, header):
    values = _settings(
        "SECURE_PROXY_SSL_HEADER",
        "ALLAUTH_TRUSTED_PROXY_COUNT",
        TRUSTED_PROXY_COUNT=count,
    )

    assert values.get("SECURE_PROXY_SSL_HEADER") == header
    assert values["ALLAUTH_TRUSTED_PROXY_COUNT"] == int(count)


def test_admin_site_can_be_moved():
    assert _settings("ADMIN_URL", ADMIN_URL="/keepers/") == {"ADMIN_URL": "keepers/"}


def test_sqlite_takes_the_write_lock_at_once():
    options = _settings("DATABASES", DATABASE_URL="sqlite:////tmp/portal.sqlite3")[
        "DATABASES"
    ]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 20
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_stops_statements_that_hang():
    [database] = _settings(
        "DATABASES", DATABASE_URL="postgres://portal@127.0.0.1/portal"
    )["DATABASES"].values()

    assert database["OPTIONS"]["options"] == "-c statement_timeout=15000"
    assert database["ATOMIC_REQUESTS"] is False
    assert database["CONN_HEALTH_CHECKS"] is True


def test_production_passes_the_deployment_check():
    done = _python(
        *("manage.py", "check", "--deploy", "--fail-level", "ERROR"),
        SITE_URL="https://portal.example.cn",
        DATABASE_URL="sqlite:////tmp/portal.sqlite3",
    )

    warnings = [line for line in done.stderr.splitlines() if "(security." in line]
    assert done.returncode == 0, done.stderr
    # HSTS for sister domains and the browsers' preload list are the owner's to decide.
    assert [line.split(")")[0][-4:] for line in warnings] == ["W005", "W021"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("DIGEST_AT", "24:00"), ("DIGEST_AT", "six"), ("DAILY_MESSAGES", "-1")],
)
def test_a_daily_limit_that_makes_no_sense_stops_the_start(name, value):
    assert f"ImproperlyConfigured: {name} must be" in _refusal(**{name: value})
