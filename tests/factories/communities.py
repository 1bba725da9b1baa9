"""Makes registers: streets, communities, organisations, memberships, pairings."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from communities.actions import save_organization
from communities.actions.history import keep_version
from communities.models import (
    Community,
    Membership,
    Organization,
    Pairing,
    PairingNotice,
    Subdistrict,
)
from tests.factories.accounts import UserFactory

LONG_AGO = date(2020, 1, 1)


class SubdistrictFactory(DjangoModelFactory):
    class Meta:
        model = Subdistrict

    code = factory.Sequence(lambda n: f"35069{n:04d}000")
    name = factory.Sequence(lambda n: f"示例街道{n}")


class CommunityFactory(DjangoModelFactory):
    class Meta:
        model = Community

    code = factory.Sequence(lambda n: f"3506990{n:05d}")
    name = factory.Sequence(lambda n: f"示例{n}社区")
    official_name = factory.LazyAttribute(lambda row: f"{row.name}居委会")
    kind = Community.Kind.RESIDENTS
    subdistrict = factory.SubFactory(SubdistrictFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        community = super()._create(model_class, *args, **kwargs)
        keep_version(community)
        return community


class WorkingCommitteeFactory(DjangoModelFactory):
    """The root of the tree."""

    class Meta:
        model = Organization

    name = factory.Sequence(lambda n: f"示例工委{n}")
    kind = Organization.Kind.WORKING_COMMITTEE
    unit_name = "示例工委"
    starts_on = LONG_AGO

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return save_organization(organization=model_class(*args, **kwargs), by=None)


class OrganizationFactory(WorkingCommitteeFactory):
    """A branch under a working committee."""

    name = factory.Sequence(lambda n: f"示例党支部{n}")
    kind = Organization.Kind.BRANCH
    unit_name = factory.Sequence(lambda n: f"示例单位{n}")
    parent = factory.SubFactory(WorkingCommitteeFactory)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Membership.Role.OFFICE
    starts_on = LONG_AGO


class PairingNoticeFactory(DjangoModelFactory):
    class Meta:
        model = PairingNotice

    number = factory.Sequence(lambda n: f"示例〔2026〕{n}号")
    starts_on = date(2026, 1, 1)


class PairingFactory(DjangoModelFactory):
    class Meta:
        model = Pairing

    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SubFactory(CommunityFactory)
    notice = factory.SubFactory(PairingNoticeFactory)
    starts_on = date(2026, 1, 1)
