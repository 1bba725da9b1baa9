"""Makes what hangs on activities: partners, templates, study sessions, deeds."""

from datetime import date

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from campaigns.models import (
    Activity,
    ActivityPartner,
    ActivityTemplate,
    Deed,
    StudySession,
)
from campaigns.models.tally import tallied
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory, InitiativeFactory
from tests.factories.communities import OrganizationFactory


class ActivityPartnerFactory(DjangoModelFactory):
    """An invitation not answered yet."""

    class Meta:
        model = ActivityPartner

    activity = factory.SubFactory(ActivityFactory)
    organization = factory.SubFactory(OrganizationFactory)
    invited_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """Born in any state; the activity is counted for it from now on."""
        with transaction.atomic(), tallied(Activity.objects, [kwargs["activity"].pk]):
            return super()._create(model_class, *args, **kwargs)


class ActivityTemplateFactory(DjangoModelFactory):
    class Meta:
        model = ActivityTemplate

    initiative = factory.SubFactory(InitiativeFactory)
    name = factory.Sequence(lambda n: f"示例模板{n}")
    title = "示例主题活动"
    place = "示例会议室"
    text = "示例说明模板"
    duration_minutes = 90


class StudyInitiativeFactory(InitiativeFactory):
    title = "示例学习"
    kind = "study"
    counts_as_service = False


class DeedInitiativeFactory(InitiativeFactory):
    title = "示例实事"
    kind = "deed"
    counts_as_service = False


class StudySessionFactory(DjangoModelFactory):
    class Meta:
        model = StudySession

    activity = factory.SubFactory(
        ActivityFactory, initiative=factory.SubFactory(StudyInitiativeFactory)
    )
    topic = "示例学习主题"
    host = "示例主持人"


class DeedFactory(DjangoModelFactory):
    class Meta:
        model = Deed

    activity = factory.SubFactory(
        ActivityFactory, initiative=factory.SubFactory(DeedInitiativeFactory)
    )
    promise = "示例承诺"
    promised_for = date(2026, 5, 31)
