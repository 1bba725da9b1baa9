"""Certificates are issued, superseded and revoked."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_volunteers
from volunteers.models import Certificate, ServiceRecord
from volunteers.notices.certificates import certificate_revoked


@retried_atomic
def revoke_certificates_of(
    *, record: ServiceRecord, reason: str, by: User | None, now: datetime
) -> int:
    """Revoke the valid certificates that hold the record; returns how many.

    Call it in the transaction that corrects or voids the record, person locked. The
    holder is told. Source: PRODUCT section 3, certificates.
    """
    lock_volunteers([record.volunteer_id])  # one being issued just now is seen
    held = _locked(record.certificates.filter(state=Certificate.State.ISSUED))
    for certificate in held:
        _revoke(certificate, reason=reason, by=by, now=now)
    return len(held)


def _locked(rows: QuerySet) -> list[Certificate]:
    locked = rows.select_for_update(of=("self",)).select_related("volunteer")
    return list(locked.order_by("pk"))


def _revoke(
    certificate: Certificate, *, reason: str, by: User | None, now: datetime
) -> None:
    certificate.move_to(Certificate.State.REVOKED, by=by, reason=reason)
    certificate.reason = reason
    certificate.save(update_fields=["reason"])
    certificate_revoked(certificate, now=now)
