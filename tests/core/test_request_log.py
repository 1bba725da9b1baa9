"""A line for each request, without what identifies anyone."""

import logging

import pytest
from django.test import Client

from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO, "core.request_log")

    def fields():
        records = [r for r in caplog.records if r.name == "core.request_log"]
        return [record.fields for record in records]

    return fields


def test_request_is_told_with_route_status_and_user_number(told, signed_in):
    user = UserFactory()

    signed_in(user).get("/me/inbox/?q=13800138000", REMOTE_ADDR="203.0.113.9")

    (fields,) = told()
    assert isinstance(fields.pop("ms"), int)
    assert fields == {
        "method": "GET",
        "route": "me/inbox/",
        "path": "/me/inbox/",
        "status": 200,
        "user": user.pk,
    }


def test_request_for_nothing_is_told_without_a_route(told):
    Client().get("/nothing-here/")

    (fields,) = told()
    assert (fields["route"], fields["status"], fields["user"]) == ("", 404, None)


def test_request_of_a_probe_that_succeeds_is_not_told(told):
    Client().get("/healthz")

    assert told() == []
