"""The database itself keeps the audit log, and where each line came from."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from core import audit
from core.models import AuditEntry, AuditSeal
from core.origins import acting_from, address_of
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
TABLES = ("core_auditentry", "core_auditseal")


@pytest.fixture
def sealed_line():
    entry = audit.record("accounts.user_changed", target=UserFactory(), by=None)
    AuditSeal.objects.create(
        position=1, entry=entry.pk, digest="0" * 64, sealed_at=timezone.now()
    )
    return entry


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "act", ["UPDATE {} SET {} = {}", "DELETE FROM {}"], ids=["update", "delete"]
)
@pytest.mark.usefixtures("sealed_line")
def test_table_of_the_log_refuses_to_change(table, act):
    column = {"core_auditentry": "actor_id", "core_auditseal": "entry"}[table]

    with (
        pytest.raises(IntegrityError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table, column, column))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.usefixtures("sealed_line")
def test_table_of_the_log_refuses_to_be_emptied(table):
    # SQLite knows no TRUNCATE: DELETE without a condition is the same there.
    empty = {"postgresql": "TRUNCATE {} CASCADE", "sqlite": "DELETE FROM {}"}

    with (
        pytest.raises(IntegrityError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(empty[connection.vendor].format(table))


@pytest.mark.usefixtures("sealed_line")
def test_models_of_the_log_are_refused_as_well():
    entry = AuditEntry.objects.latest("pk")
    entry.verb = "accounts.user_created"

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditSeal.objects.all().delete()


def test_line_of_a_batch_is_the_parent_of_those_inside():
    person = UserFactory()
    with audit.batch("accounts.user_imported", target=type(person), by=person):
        inner = audit.record("accounts.user_changed", target=person, by=person)
    after = audit.record("accounts.user_changed", target=person, by=person)

    above = AuditEntry.objects.get(verb="accounts.user_imported")
    assert list(above.children.all()) == [inner]
    assert (above.target_id, above.target_name) == (None, "人员")
    assert after.parent_id is None


def test_batch_that_found_nothing_to_do_leaves_no_line():
    with audit.batch(
        "accounts.user_imported", target=UserFactory(), by=None, when_filled=True
    ):
        pass

    assert not AuditEntry.objects.exists()


def test_line_outside_a_request_comes_from_the_command():
    line = audit.record("accounts.user_changed", target=UserFactory(), by=None)

    assert line.origin == "command"


def test_line_of_the_worker_says_so():
    with acting_from("worker"):
        line = audit.record("accounts.user_changed", target=UserFactory(), by=None)

    assert line.origin == "worker"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "198.51.100.7"),
        (1, "203.0.113.9, 203.0.113.8", "203.0.113.8"),
        (2, "10.0.0.1, 203.0.113.9, 203.0.113.8", "203.0.113.9"),
        (2, "203.0.113.8", "unknown"),
        (1, "<script>", "unknown"),
        (1, "2001:DB8::0001", "2001:db8::1"),
    ],
)
@pytest.mark.any_database
def test_address_is_counted_past_the_trusted_proxies(
    proxies, forwarded, expected, settings
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR=forwarded
    )

    assert address_of(request) == expected


def test_line_of_a_request_keeps_the_visitors_address(office_official):
    client = Client(REMOTE_ADDR="198.51.100.7")
    client.force_login(office_official)

    client.post("/me/calendar/renew/")

    line = AuditEntry.objects.filter(actor_id=office_official.pk).first()
    assert line.origin == "198.51.100.7"
