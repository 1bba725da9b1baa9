"""Two callers at once about one person's certificates."""

from datetime import date

import pytest

from core.transactions import retried_atomic
from tests.factories.certificates import ConfirmedRecordFactory, beijing
from tests.threads import before_commit_of
from volunteers.actions.certificates import (
    CertificateRefused,
    issue_certificate,
    revoke_certificates_of,
)
from volunteers.actions.locks import lock_volunteers
from volunteers.models import Certificate, ServiceRecord

pytestmark = pytest.mark.django_db(transaction=True)
NOW = beijing(2026, 11, 20)


def issuing(record):
    return lambda: issue_certificate(
        volunteer=record.volunteer,
        from_on=date(2026, 1, 1),
        until_on=date(2026, 11, 20),
        by=record.volunteer.user,
        now=NOW,
    )


def voiding(record):
    @retried_atomic
    def void():
        lock_volunteers([record.volunteer_id])
        row = ServiceRecord.objects.select_for_update().get(pk=record.pk)
        row.move_to(ServiceRecord.State.VOIDED, by=None)
        return revoke_certificates_of(record=row, reason="作废", by=None, now=NOW)

    return void


def test_a_double_click_issues_one_certificate():
    record = ConfirmedRecordFactory()

    with before_commit_of(issuing(record)) as start:
        again = start(issuing(record))

    assert again.result() == Certificate.objects.get()


def test_a_certificate_being_issued_is_revoked_when_its_record_is_voided():
    record = ConfirmedRecordFactory()

    with before_commit_of(issuing(record)) as start:
        late = start(voiding(record))

    assert late.result() == 1
    assert Certificate.objects.get().state == "revoked"


def test_a_record_being_voided_is_not_certified():
    record = ConfirmedRecordFactory()

    with before_commit_of(voiding(record)) as start:
        late = start(issuing(record))

    assert isinstance(late.exception(), CertificateRefused)
    assert not Certificate.objects.exists()


def test_a_certificate_is_revoked_by_a_void_that_forgot_to_lock_the_person():
    record = ConfirmedRecordFactory()

    with before_commit_of(issuing(record)) as start:
        late = start(
            lambda: revoke_certificates_of(
                record=record, reason="作废", by=None, now=NOW
            )
        )

    assert late.result() == 1
