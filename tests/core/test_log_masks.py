"""Secrets in addresses do not reach the logs."""

import logging

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

SECRET = "abcDEF_-123"


@pytest.fixture
def line():
    """What a log line looks like after the filters of the running portal."""

    def write(message, *args):
        record = logging.LogRecord("x", logging.INFO, "", 0, message, args, None)
        for name in settings.LOGGING["handlers"]["stderr"]["filters"]:
            values = dict(settings.LOGGING["filters"][name])
            import_string(values.pop("()"))(**values).filter(record)
        return record.getMessage()

    return write


def test_secret_of_a_consent_is_masked_in_a_refused_request(line):
    said = line("%s: %s", "Method Not Allowed (PUT)", f"/consents/{SECRET}/")

    assert said == "Method Not Allowed (PUT): /consents/***/"


def test_secret_is_masked_in_a_whole_address(line):
    said = line(f'"GET https://portal.example.cn/consents/{SECRET}/ HTTP/1.1" 200')

    assert SECRET not in said


def test_other_addresses_stay_readable(line):
    said = line("Not Found: %s", "/desk/consents/7/slip/")

    assert said == "Not Found: /desk/consents/7/slip/"


@pytest.mark.parametrize(
    "path",
    [
        f"/codes/12.20261123.{SECRET}/",
        f"/calendar/{SECRET}.ics",
        f"/unsubscribe/WzEsImEiXQ.{SECRET}/",
        f"/unsubscribe/%57zEsImEiXQ.{SECRET}/",
    ],
)
def test_secret_with_dots_and_escapes_is_masked_to_its_end(line, path):
    assert SECRET not in line("Not Found: %s", path)
