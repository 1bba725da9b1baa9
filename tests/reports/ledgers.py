"""Ledgers to look at: activities on given days, photos that are really stored."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from core.uploads import save_private
from tests.factories.activities import ActivityPartnerFactory
from tests.factories.campaigns import (
    ActivityFactory,
    EvidenceFactory,
    InitiativeFactory,
    PillarFactory,
)
from tests.files import picture

APRIL, MAY, JUNE, JULY = (date(2026, month, 1) for month in (4, 5, 6, 7))


def activity(organization, day, *, pillar="service", initiative="示例举措", **values):
    """An approved activity from nine to eleven on the day."""
    start = timezone.make_aware(datetime(day.year, day.month, day.day, 9))
    values.setdefault("state", "approved")
    under = InitiativeFactory(pillar=PillarFactory(code=pillar), title=initiative)
    return ActivityFactory(
        organization=organization,
        pillar=under.pillar,
        initiative=under,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        **values,
    )


def join(row, organization, state="confirmed"):
    """Let an organisation be a further owner."""
    return ActivityPartnerFactory(activity=row, organization=organization, state=state)


def add_photo(row, **words):
    """A photo with its file."""
    name = save_private(picture(), "evidence", "jpg")
    return EvidenceFactory(activity=row, file__path=name, **words)
