"""Sealing while others write and seal."""

import pytest
from django.utils import timezone

from core import audit
from core.audit_chain import seal_new, verify
from core.models import AuditEntry, AuditSeal
from tests.factories.accounts import UserFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_line_that_commits_after_a_later_one_was_sealed_is_sealed_as_well():
    person = UserFactory()

    def write():
        return audit.record("accounts.user_changed", target=person, by=None)

    with before_commit_of(write) as start:
        start(lambda: (write(), seal_new(timezone.now())))
    seal_new(timezone.now())

    lines = set(AuditEntry.objects.values_list("pk", flat=True))
    assert len(lines) == 2
    assert set(AuditSeal.objects.values_list("entry", flat=True)) == lines
    assert verify().fault is None


def test_two_that_seal_at_once_seal_each_line_once():
    person = UserFactory()
    for _ in range(3):
        audit.record("accounts.user_changed", target=person, by=None)

    with before_commit_of(lambda: seal_new(timezone.now())) as start:
        second = start(lambda: seal_new(timezone.now()))

    assert second.result() == 0
    assert verify().checked == 3
