"""Certificates are issued, superseded and revoked."""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_volunteers
from volunteers.models import Certificate, ServiceRecord, Volunteer
from volunteers.notices.certificates import certificate_revoked
from volunteers.queries.certificates import confirmed_between, lines_of

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32, none taken for another: 40 bits
MOST_LINES = 1000
FROZEN = ("holder_name", "issuer", "lines", "minutes")


class CertificateRefused(RuleError):
    """No certificate can be issued for what was asked."""


@retried_atomic
def issue_certificate(
    *, volunteer: Volunteer, from_on: date, until_on: date, by: User, now: datetime
) -> Certificate:
    """Certify the person's confirmed hours of a period; returns the certificate.

    What stands on it is kept as it is now. A valid one that says the same is
    returned; one that says otherwise for the period is superseded. Raises
    CertificateRefused without confirmed hours, for days to come and for too much.
    Source: PRODUCT section 4 (民政部令第67号 art. 14-15).
    """
    [volunteer] = lock_volunteers([volunteer.pk])
    _check_period(from_on, until_on, today=timezone.localdate(now))
    records = confirmed_between(volunteer, from_on, until_on)
    _check_records(records)
    words = {
        "holder_name": str(volunteer.user),
        "issuer": settings.CERTIFICATE_ISSUER,
        "lines": lines_of(records),
        "minutes": sum(record.minutes for record in records),
    }
    valid = _locked(
        volunteer.certificates.filter(
            state=Certificate.State.ISSUED, from_on=from_on, until_on=until_on
        )
    )
    held = valid[0] if valid else None
    if held and words == {name: getattr(held, name) for name in FROZEN}:
        return held
    if held:
        held.move_to(Certificate.State.SUPERSEDED, by=by)
    certificate = _saved(
        Certificate(
            volunteer=volunteer,
            number=_new_number(now),
            from_on=from_on,
            until_on=until_on,
            supersedes=held,
            issued_at=now,
            **words,
        )
    )
    certificate.records.set(records)
    audit.record(
        "volunteers.certificate_issued",
        target=certificate,
        by=by,
        minutes=certificate.minutes,
        records=len(records),
    )
    return certificate


def _check_period(from_on: date, until_on: date, *, today: date) -> None:
    if until_on < from_on:
        raise CertificateRefused(_("截止日期不能早于起始日期。"))
    if until_on > today:
        raise CertificateRefused(_("截止日期不能晚于今天。"))


def _check_records(records: list[ServiceRecord]) -> None:
    if not records:
        raise CertificateRefused(
            _("这段时间没有已确认的服务时长。时长由组织者确认后才能开具证明。")
        )
    if len(records) > MOST_LINES:
        raise CertificateRefused(
            _("这段时间的记录超过 %(most)d 条，请分年开具。") % {"most": MOST_LINES}
        )


def _saved(certificate: Certificate) -> Certificate:
    try:
        with transaction.atomic():
            certificate.save(force_insert=True)
    except IntegrityError as error:
        raise CertificateRefused(_("证明没有开成，请再试一次。")) from error
    return certificate


def _new_number(now: datetime) -> str:
    """XC2026-7K4M-P9QT: the year and eight letters nobody can guess."""
    drawn = "".join(secrets.choice(LETTERS) for _place in range(8))
    return f"XC{timezone.localtime(now).year}-{drawn[:4]}-{drawn[4:]}"


@retried_atomic
def revoke_certificate(
    *, certificate: Certificate, reason: str, by: User, now: datetime
) -> Certificate:
    """Revoke one certificate for a reason, which the holder is told.

    Raises CertificateRefused without a reason, MoveRefused when it is valid no more.
    """
    if not reason.strip():
        raise CertificateRefused(_("请写明撤销原因。"))
    lock_volunteers([certificate.volunteer_id])
    [certificate] = _locked(Certificate.objects.filter(pk=certificate.pk))
    _revoke(certificate, reason=reason.strip(), by=by, now=now)
    return certificate


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
