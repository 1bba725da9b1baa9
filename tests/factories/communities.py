"""Makes registers: streets, communities, organisations, memberships, pairings."""

from datetime import UTC, date, datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from communities.actions import save_organization
from communities.actions.history import keep_version
from communities.models import (
    Community,
    MemberReportIn,
    Membership,
    Organization,
    OrganizationReportIn,
    Pairing,
    PairingNotice,
    PostHolding,
    ServicePost,
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


class ServicePostFactory(DjangoModelFactory):
    """A post open to everyone, with two places."""

    class Meta:
        model = ServicePost

    community = factory.SubFactory(CommunityFactory)
    title = factory.Sequence(lambda n: f"示例服务岗{n}")
    duties = "示例职责"
    places = 2
    state = ServicePost.State.PUBLISHED
    published_at = datetime(2026, 1, 1, tzinfo=UTC)


class PostHoldingFactory(DjangoModelFactory):
    """Somebody holds a post; its count follows."""

    class Meta:
        model = PostHolding

    post = factory.SubFactory(ServicePostFactory)
    user = factory.SubFactory(UserFactory)
    starts_on = factory.LazyFunction(timezone.localdate)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        post = kwargs["post"]
        post.taken += 1
        post.save()
        return super()._create(model_class, *args, **kwargs)


class MemberReportInFactory(DjangoModelFactory):
    """Waits for the community; `signed` ones hold since the start of the year."""

    class Meta:
        model = MemberReportIn

    class Params:
        signed = factory.Trait(
            state=MemberReportIn.State.ACTIVE, starts_on=date(2026, 1, 1)
        )

    user = factory.SubFactory(UserFactory)
    community = factory.SubFactory(CommunityFactory)
    submitted_at = factory.LazyFunction(timezone.now)


class OrganizationReportInFactory(DjangoModelFactory):
    """Submitted in June 2026 and waiting; traits for the other states."""

    class Meta:
        model = OrganizationReportIn

    class Params:
        draft = factory.Trait(
            state=OrganizationReportIn.State.DRAFT,
            number=None,
            submitted_at=None,
            submitted_by=None,
        )
        answered = factory.Trait(
            answered_at=datetime(2026, 6, 3, 2, tzinfo=UTC),
            answered_by=factory.SubFactory(UserFactory),
        )
        received = factory.Trait(
            answered=True, state=OrganizationReportIn.State.RECEIVED
        )
        returned = factory.Trait(
            answered=True,
            state=OrganizationReportIn.State.RETURNED,
            return_reason="请补充可提供的服务。",
        )

    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SubFactory(CommunityFactory)
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)
    state = OrganizationReportIn.State.SUBMITTED
    number = factory.Sequence(lambda n: f"示例报〔2026〕{n:04d}号")
    submitted_at = datetime(2026, 6, 1, 2, tzinfo=UTC)
    submitted_by = factory.SubFactory(UserFactory)
    member_count = 20
    leader_name = "示例领导"
    leader_title = "副主任"
    contact_name = "示例联络员"
    contact_phone = "+8613800138000"
    offers = "政策宣讲和义诊"
