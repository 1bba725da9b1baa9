"""SQLite's REPLACE takes a row's place without UPDATE or DELETE."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core import audit
from core.models import AuditEntry, AuditSeal
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["core_auditentry", "core_auditseal"])
def test_row_of_the_log_is_not_replaced_by_another(table):
    entry = audit.record("accounts.user_changed", target=UserFactory(), by=None)
    AuditSeal.objects.create(
        position=1, entry=entry.pk, digest="0" * 64, sealed_at=timezone.now()
    )
    put = {"sqlite": "REPLACE", "postgresql": "INSERT"}[connection.vendor]
    before = list(AuditEntry.objects.values()), list(AuditSeal.objects.values())

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{put} INTO {table} SELECT * FROM {table}")

    assert before == (
        list(AuditEntry.objects.values()),
        list(AuditSeal.objects.values()),
    )
