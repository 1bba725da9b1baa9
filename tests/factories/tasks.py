"""Makes tasks and their assignments."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.models import Task, TaskAssignment, TaskLink, TaskReport
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    InitiativeFactory,
)
from tests.factories.communities import OrganizationFactory


class TaskFactory(DjangoModelFactory):
    """Under way, due in ten days, fulfilled by one activity."""

    class Meta:
        model = Task

    campaign = factory.SubFactory(CampaignFactory)
    initiative = factory.SubFactory(InitiativeFactory)
    title = factory.Sequence(lambda n: f"示例任务{n}")
    text = "示例要求"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    issued_by = factory.SubFactory(UserFactory)


class TaskAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = TaskAssignment

    task = factory.SubFactory(TaskFactory)
    organization = factory.SubFactory(OrganizationFactory)


class TaskReportFactory(DjangoModelFactory):
    class Meta:
        model = TaskReport

    assignment = factory.SubFactory(TaskAssignmentFactory)
    text = "示例进展"
    created_by = factory.SubFactory(UserFactory)


class TaskLinkFactory(DjangoModelFactory):
    """An approved activity of the organisation, given for its assignment."""

    class Meta:
        model = TaskLink

    assignment = factory.SubFactory(TaskAssignmentFactory)
    activity = factory.SubFactory(
        ActivityFactory,
        organization=factory.SelfAttribute("..assignment.organization"),
        campaign=factory.SelfAttribute("..assignment.task.campaign"),
        initiative=factory.SelfAttribute("..assignment.task.initiative"),
        pillar=factory.SelfAttribute(".initiative.pillar"),
        state="approved",
    )
    linked_by = factory.SubFactory(UserFactory)
