"""Secrets and people's numbers do not reach the logs."""

import io
import logging
import time

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.module_loading import import_string

from core.log_format import JsonFormatter
from core.log_masks import masker
from tests.factories.accounts import UserFactory

SECRET = "abcDEF_-123"
mask = masker(settings.SECRET_PATHS)


@pytest.fixture
def written():
    """What a handler with the filters and the format of the portal's writes."""

    def write(act):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        for name in settings.LOGGING["handlers"]["stderr"]["filters"]:
            values = dict(settings.LOGGING["filters"][name])
            handler.addFilter(import_string(values.pop("()"))(**values))
        handler.setFormatter(JsonFormatter())
        logger = logging.getLogger("core.hostile")
        logger.addHandler(handler)
        try:
            act(logger)
        finally:
            logger.removeHandler(handler)
        return stream.getvalue()

    return write


@pytest.mark.parametrize(
    "secret",
    [
        "13800138000",
        "+8613800138000",
        "138-0013-8000",
        "86 138 0013 8000",
        "\uff11\uff13\uff18\uff10\uff10\uff11\uff13\uff18\uff10\uff10\uff10",
        "0596-2345678",
        "(0596) 2345678",
        "+865962345678",
        "+14155550123",
        "li.si+x@mail.example.cn",
        "35060219900101123X",
        "350602 19900101 1234",
    ],
)
def test_personal_number_is_masked_in_a_message(secret):
    assert mask(f"电话 {secret}，第 7 次") == "电话 ***，第 7 次"


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 16:19:01 +0800 took 1234567890123 ms",
        "celery@web1 ready",
        "Not Found: /desk/consents/7/slip/",
        "request 0b3d5a1c9e8f7a6b",
    ],
)
def test_what_is_nobodys_stays_readable(text):
    assert mask(text) == text


@pytest.mark.parametrize(
    "path",
    [
        f"/consents/{SECRET}/",
        f"//consents//{SECRET}/",
        f"https://portal.example.cn/consents/{SECRET}/",
        f"/codes/12.20261123.{SECRET}/",
        f"/calendar/{SECRET}.ics",
        f"/unsubscribe/%57zEsImEiXQ.{SECRET}/",
        f"/accounts/password/reset/key/3k-{SECRET}/",
        f"/accounts/confirm-email/MQ:1w:{SECRET}/",
        f"/people/?q={SECRET}&x=1",
        f"postgres://portal:{SECRET}@127.0.0.1/portal",
    ],
)
def test_secret_in_an_address_is_masked_to_its_end(path):
    assert SECRET not in mask(f"Not Found: {path} [x]")


@pytest.mark.parametrize(
    "words",
    [
        "DETAIL:  Key (phone, name)=(5, 张三) already exists.\n",
        "DETAIL:  Failing row contains (1, 李四\n张三, f).\n",
        '描述:  键值"(name)=(张三)" 已经存在',
        'Key (lower(name::text))=(张三) conflicts with key (name)=("张三")',
        'invalid input syntax for type date: "张三"',
        "LINE 1: ... VALUES ('张三')",
    ],
)
def test_value_that_postgres_quotes_is_masked(words):
    masked = mask(f"duplicate key value\n{words}\n\nThe above exception was the cause")

    assert "张三" not in masked
    assert "duplicate key value" in masked


def test_hostile_text_is_masked_in_linear_time():
    started = time.monotonic()

    for piece in ("a", "1 ", "((", "out of range ", "?a", "/", "13", "DETAIL:", "//a"):
        mask(piece * (50_000 // len(piece)))

    assert time.monotonic() - started < 5


@pytest.mark.django_db
def test_traceback_of_a_refused_row_names_columns_and_no_values(written):
    taken = UserFactory(phone="+8613800138000")

    def refuse(logger):
        try:
            with transaction.atomic():
                UserFactory(phone=taken.phone)
        except IntegrityError as error:
            logger.exception("could not save: %s", error)

    said = written(refuse)

    assert "IntegrityError" in said
    assert "13800138000" not in said
    assert "phone" in said
    assert connection.vendor != "postgresql" or "(phone)=***" in said
