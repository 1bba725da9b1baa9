"""Certificates end when a record they hold does."""

import pytest
from django.utils import timezone

from accounts.models import Notification
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory, ConfirmedRecordFactory
from volunteers.actions.certificates import revoke_certificates_of

pytestmark = pytest.mark.django_db


def _revoke(record, by=None):
    return revoke_certificates_of(
        record=record, reason="记录已更正", by=by, now=timezone.now()
    )


def test_a_record_taken_back_revokes_the_valid_certificates_that_hold_it():
    record = ConfirmedRecordFactory()
    held = CertificateFactory(volunteer=record.volunteer, records=[record])
    other = CertificateFactory(records=[ConfirmedRecordFactory()])

    count = _revoke(record)

    held.refresh_from_db()
    other.refresh_from_db()
    assert count == 1
    assert (held.state, held.reason) == ("revoked", "记录已更正")
    assert other.state == "issued"


def test_a_superseded_certificate_stays_superseded():
    record = ConfirmedRecordFactory()
    old = CertificateFactory(
        volunteer=record.volunteer, records=[record], state="superseded"
    )

    count = _revoke(record)

    old.refresh_from_db()
    assert (count, old.state) == (0, "superseded")


def test_revoking_tells_the_holder_and_the_audit_log_names_no_person():
    record, official = ConfirmedRecordFactory(), UserFactory()
    held = CertificateFactory(volunteer=record.volunteer, records=[record])

    _revoke(record, by=official)

    message = Notification.objects.get(kind="certificate_revoked")
    entry = AuditEntry.objects.get(verb="volunteers.certificate_revoked")
    assert message.recipient == held.volunteer.user
    assert held.number in message.body
    assert "记录已更正" in message.body
    assert (entry.actor_id, entry.target_name) == (official.pk, held.number)
