"""Reads of certificates and of the records they are made from."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from accounts.models import User
from communities.queries.history import organization_history
from volunteers.models import Certificate, ServiceRecord, Volunteer

IN_SHORT = 3
_NUMBER = re.compile(r"XC([0-9]{4})([0-9A-Z]{4})([0-9A-Z]{4})", re.ASCII)


def confirmed_between(
    volunteer: Volunteer, from_on: date, until_on: date
) -> list[ServiceRecord]:
    """A person's confirmed records that began on these days in Beijing, in order."""
    records = volunteer.service_records.confirmed().filter(
        starts_at__gte=_midnight(from_on),
        starts_at__lt=_midnight(until_on + timedelta(days=1)),
    )
    return list(records.select_related("organization").order_by("starts_at", "pk"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def lines_of(records: list[ServiceRecord]) -> list[dict[str, object]]:
    """What a certificate says of each record: plain values, names of the day."""
    history = organization_history({record.organization_id for record in records})
    lines = []
    for record in records:
        day = timezone.localdate(record.starts_at)
        version = history.on(record.organization_id, day)
        lines.append(
            {
                "day": day.isoformat(),
                "content": record.content,
                "organization": version.name if version else record.organization.name,
                "minutes": record.minutes,
            }
        )
    return lines


def confirmed_days(user: User) -> tuple[date, date] | None:
    """The first and the last day of a person's confirmed records."""
    found = ServiceRecord.objects.confirmed().filter(volunteer__user_id=user.pk)
    ends = found.aggregate(first=Min("starts_at"), last=Max("starts_at"))
    if ends["first"] is None:
        return None
    return timezone.localdate(ends["first"]), timezone.localdate(ends["last"])


def own_certificates(user: User) -> QuerySet:
    """A person's certificates, the latest first, without the frozen lines."""
    return (
        Certificate.objects.visible_to(user)
        .select_related("superseded_by")
        .defer("lines", "superseded_by__lines")
    )


def number_from(text: str) -> str:
    """A number as it is printed, however it was typed; "" for what is none.

    Case, width, blanks and kinds of dashes do not matter.
    """
    levelled = unicodedata.normalize("NFKC", text[:100]).upper()
    kept = "".join(filter(str.isalnum, levelled))
    found = _NUMBER.fullmatch(kept)
    return f"XC{found[1]}-{found[2]}-{found[3]}" if found else ""


def certificate_numbered(text: str) -> Certificate | None:
    """The certificate with the number typed, or None."""
    number = number_from(text)
    return Certificate.objects.filter(number=number).first() if number else None
