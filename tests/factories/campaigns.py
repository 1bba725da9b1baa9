"""Makes campaigns, pillars, activities and evidence."""

from collections import Counter
from datetime import date, timedelta

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.models import (
    Activity,
    Campaign,
    Evidence,
    EvidenceFile,
    Initiative,
    Pillar,
)
from campaigns.models.tally import COUNTED_STATES, change_tallies, standing
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory, OrganizationFactory


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign
        django_get_or_create = ("title",)

    title = "示例创城行动"
    starts_on = date(2026, 1, 1)
    state = Campaign.State.ACTIVE


class PillarFactory(DjangoModelFactory):
    class Meta:
        model = Pillar
        django_get_or_create = ("code",)

    code = Pillar.Code.SERVICE
    title = factory.LazyAttribute(lambda row: Pillar.Code(row.code).label)
    position = factory.LazyAttribute(lambda row: Pillar.Code.values.index(row.code) + 1)


class InitiativeFactory(DjangoModelFactory):
    class Meta:
        model = Initiative
        django_get_or_create = ("pillar", "title")

    pillar = factory.SubFactory(PillarFactory)
    title = "示例举措"
    counts_as_service = True


class ActivityFactory(DjangoModelFactory):
    """A draft that starts in three days and lasts a day."""

    class Meta:
        model = Activity

    campaign = factory.SubFactory(CampaignFactory)
    organization = factory.SubFactory(OrganizationFactory)
    pillar = factory.SubFactory(PillarFactory)
    initiative = factory.SubFactory(
        InitiativeFactory, pillar=factory.SelfAttribute("..pillar")
    )
    title = factory.Sequence(lambda n: f"示例活动{n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(days=1))
    place = "示例广场"
    community = factory.SubFactory(CommunityFactory)
    text = "示例说明"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """Born in any state, and counted as if it had come to it."""
        row = super()._create(model_class, *args, **kwargs)
        if row.state in COUNTED_STATES:
            with transaction.atomic():
                change_tallies(standing(Activity.objects.filter(pk=row.pk)), Counter())
        return row


class PastActivityFactory(ActivityFactory):
    """A draft whose time is over."""

    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=2))


class EvidenceFileFactory(DjangoModelFactory):
    """A photo's row; its file need not exist."""

    class Meta:
        model = EvidenceFile

    path = factory.Sequence(lambda n: f"evidence/{n}.jpg")
    width = height = 10
    size = 100
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    uploaded_by = factory.SubFactory(UserFactory)


class EvidenceFactory(DjangoModelFactory):
    """A photo of an activity, with all its words."""

    class Meta:
        model = Evidence

    activity = factory.SubFactory(ActivityFactory)
    file = factory.SubFactory(EvidenceFileFactory)
    taken_on = date(2026, 5, 1)
    place = "示例广场"
    people = "示例支部党员"
    purpose = "示例照片"
    added_by = factory.SelfAttribute("file.uploaded_by")
