"""Makes skills, stand-ins, invitations and guardians' consents."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import GuardianConsent, Invitation, Skill, StandIn


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    title = factory.Sequence(lambda n: f"示例技能{n}")


class StandInFactory(DjangoModelFactory):
    """An open link by which a confirmed place is handed on."""

    class Meta:
        model = StandIn

    signup = factory.SubFactory(SignupFactory)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    shift = factory.SubFactory(ShiftFactory)
    volunteer = factory.SubFactory(VolunteerFactory)
    invited_by = factory.SubFactory(UserFactory)


class MinorFactory(VolunteerFactory):
    """A person of 14 to 17 whose guardian has not agreed yet."""

    user = factory.SubFactory(UserFactory, age_band="14-17")


class GuardianConsentFactory(DjangoModelFactory):
    """A link a minor has handed to their guardian."""

    class Meta:
        model = GuardianConsent

    volunteer = factory.SubFactory(MinorFactory)
    text_version = "2026-11"
