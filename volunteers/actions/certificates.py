"""Certificates are issued, superseded and revoked."""

from datetime import datetime

from accounts.models import User
from volunteers.models import ServiceRecord


def revoke_certificates_of(
    *, record: ServiceRecord, reason: str, by: User | None, now: datetime
) -> int:
    """Revoke the valid certificates that hold the record; returns how many.

    Call it in the transaction that corrects or voids the record, person locked.
    """
    raise NotImplementedError
