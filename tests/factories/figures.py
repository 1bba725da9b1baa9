"""Makes frozen figures."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from campaigns.models import FrozenFigure
from tests.factories.campaigns import CampaignFactory, InitiativeFactory
from tests.factories.communities import OrganizationFactory


class FrozenFigureFactory(DjangoModelFactory):
    """Two activities of an organisation in May."""

    class Meta:
        model = FrozenFigure

    campaign = factory.SubFactory(CampaignFactory, state="frozen")
    organization = factory.SubFactory(OrganizationFactory)
    initiative = factory.SubFactory(InitiativeFactory)
    pillar = factory.SelfAttribute("initiative.pillar")
    month = date(2026, 5, 1)
    path = factory.SelfAttribute("organization.path")
    organization_name = factory.SelfAttribute("organization.name")
    unit_name = factory.SelfAttribute("organization.unit_name")
    activity_count = led_count = 2
    participant_count = 30
    photo_count = 4
