"""Makes what hangs on activities: partners, templates, study sessions, deeds."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from campaigns.models import ActivityPartner, ActivityTemplate, Deed, StudySession
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
