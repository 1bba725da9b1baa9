"""Makes confirmed hours, certificates and star levels."""

from datetime import date, datetime, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Certificate, ServiceRecord, StarLevel


def beijing(year: int, month: int, day: int, hour: int = 9, minute: int = 0):
    """A moment as clocks here show it."""
    return timezone.make_aware(datetime(year, month, day, hour, minute))


class ConfirmedRecordFactory(DjangoModelFactory):
    """Two confirmed hours on 3 May 2026."""

    class Meta:
        model = ServiceRecord

    volunteer = factory.SubFactory(VolunteerFactory)
    activity = factory.SubFactory(ActivityFactory)
    organization = factory.LazyAttribute(lambda row: row.activity.organization)
    kind = ServiceRecord.Kind.SHIFT
    content = factory.LazyAttribute(lambda row: row.activity.title)
    starts_at = beijing(2026, 5, 3)
    minutes = 120
    ends_at = factory.LazyAttribute(
        lambda row: row.starts_at + timedelta(minutes=row.minutes)
    )
    state = ServiceRecord.State.CONFIRMED


class CertificateFactory(DjangoModelFactory):
    """A valid certificate of two hours for the year 2026."""

    class Meta:
        model = Certificate
        skip_postgeneration_save = True

    volunteer = factory.SubFactory(VolunteerFactory)
    number = factory.Sequence(lambda n: f"XC2026-TEST-{n:04d}")
    from_on = date(2026, 1, 1)
    until_on = date(2026, 12, 31)
    holder_name = "示例志愿者"
    issuer = "示例出具单位"
    minutes = 120
    issued_at = beijing(2026, 11, 20)
    lines = factory.LazyFunction(
        lambda: [
            {
                "day": "2026-05-03",
                "content": "示例活动",
                "organization": "示例党支部",
                "minutes": 120,
            }
        ]
    )

    @factory.post_generation
    def records(self, create, extracted, **kwargs):
        self.records.set(extracted or [])


class StarLevelFactory(DjangoModelFactory):
    class Meta:
        model = StarLevel
        django_get_or_create = ("hours",)

    title = factory.LazyAttribute(lambda row: f"满{row.hours}小时")
    hours = factory.Sequence(lambda n: 10 * (n + 1))
