"""One row for each register of the admin site: its record and who may do what."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.urls import reverse

from campaigns.models import Activity, Campaign, Convention, Pillar
from core import audit
from core.models import AuditEntry
from tests.communities.trees import Kind, ahead, change
from tests.factories.accounts import (
    DeliveryFactory,
    NotificationFactory,
    UserFactory,
)
from tests.factories.activities import ActivityTemplateFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    InitiativeFactory,
    PillarFactory,
)
from tests.factories.certificates import CertificateFactory, StarLevelFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    OrganizationReportInFactory,
    PairingFactory,
    PairingNoticeFactory,
    SubdistrictFactory,
)
from tests.factories.figures import FrozenFigureFactory
from tests.factories.honors import HonorFactory
from tests.factories.hours import DisputeFactory, RecordFactory
from tests.factories.invitations import SkillFactory
from tests.factories.reviews import ReturnReasonFactory
from tests.factories.stories import ConventionFactory, StoryFactory
from tests.factories.tasks import TaskAssignmentFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.factories.whistles import (
    IssuedWhistleFactory,
    WhistleCategoryFactory,
    WhistleResponseFactory,
)
from tests.factories.wishes import PublishedWishFactory

ALL = {"office", "committee", "auditor"}


@dataclass(frozen=True)
class Page:
    """A register: how a record is made, and the roles that view, add and change."""

    make: Callable[[], models.Model]
    view: set[str]
    add: frozenset[str] = frozenset()
    change: frozenset[str] = frozenset()


OFFICE = frozenset({"office"})
COMMITTEE = frozenset({"committee"})


def _activity() -> Activity:
    return ActivityFactory(state=Activity.State.SUBMITTED)


def _audit_entry() -> AuditEntry:
    audit.record("accounts.user_changed", target=UserFactory(), by=None, reason="示例")
    return AuditEntry.objects.latest("pk")


def _pillar() -> Pillar:
    held = set(Pillar.objects.values_list("code", flat=True))
    free = [code for code in Pillar.Code.values if code not in held]
    return PillarFactory(code=free[0]) if free else Pillar.objects.first()


def _campaign() -> Campaign:
    return CampaignFactory(title=f"示例行动{Campaign.objects.count()}")


def _convention() -> models.Model:
    last = Convention.objects.aggregate(last=models.Max("number"))["last"] or 0
    return ConventionFactory(number=last + 1, state=Convention.State.SUPERSEDED)


def _initiative() -> models.Model:
    return InitiativeFactory(title=f"示例举措{Activity.objects.count()}")


def _register_change() -> models.Model:
    return change(OrganizationFactory(), Kind.RENAME, ahead(), name="示例更名支部")


PAGES = {
    "communities.Organization": Page(OrganizationFactory, ALL, COMMITTEE, COMMITTEE),
    "communities.Subdistrict": Page(SubdistrictFactory, ALL, COMMITTEE, COMMITTEE),
    "communities.Community": Page(CommunityFactory, ALL, COMMITTEE, COMMITTEE),
    "communities.Pairing": Page(PairingFactory, ALL),
    "communities.PairingNotice": Page(PairingNoticeFactory, ALL),
    "communities.RegisterChange": Page(_register_change, ALL),
    "communities.OrganizationReportIn": Page(OrganizationReportInFactory, ALL),
    "communities.Wish": Page(PublishedWishFactory, ALL),
    "communities.Membership": Page(
        lambda: MembershipFactory(role="committee"), {"office", "auditor"}, OFFICE
    ),
    "accounts.User": Page(UserFactory, {"office"}),
    "accounts.Delivery": Page(DeliveryFactory, {"office"}),
    "accounts.Notification": Page(NotificationFactory, {"office"}),
    "core.AuditEntry": Page(_audit_entry, {"office", "auditor"}),
    "campaigns.Campaign": Page(_campaign, ALL, OFFICE, OFFICE),
    "campaigns.Pillar": Page(_pillar, ALL, frozenset(), OFFICE),
    "campaigns.Initiative": Page(_initiative, ALL, OFFICE, OFFICE),
    "campaigns.ActivityTemplate": Page(ActivityTemplateFactory, ALL, OFFICE, OFFICE),
    "campaigns.FrozenFigure": Page(FrozenFigureFactory, ALL),
    "campaigns.Activity": Page(_activity, ALL),
    "campaigns.Honor": Page(HonorFactory, ALL),
    "campaigns.Story": Page(lambda: StoryFactory(state="submitted"), ALL),
    "campaigns.Convention": Page(_convention, ALL),
    "campaigns.Task": Page(lambda: TaskAssignmentFactory().task, ALL),
    "campaigns.WhistleCategory": Page(WhistleCategoryFactory, ALL, OFFICE, OFFICE),
    "campaigns.Whistle": Page(IssuedWhistleFactory, ALL),
    "campaigns.WhistleResponse": Page(WhistleResponseFactory, ALL),
    "campaigns.ReturnReason": Page(ReturnReasonFactory, ALL, OFFICE, OFFICE),
    "volunteers.Shift": Page(ShiftFactory, ALL),
    "volunteers.Signup": Page(SignupFactory, {"office"}),
    "volunteers.ServiceRecord": Page(RecordFactory, {"office"}),
    "volunteers.HoursDispute": Page(DisputeFactory, {"office"}),
    "volunteers.Volunteer": Page(VolunteerFactory, {"office"}),
    "volunteers.Certificate": Page(CertificateFactory, {"office"}),
    "volunteers.StarLevel": Page(StarLevelFactory, {"office"}, OFFICE, OFFICE),
    "volunteers.Skill": Page(SkillFactory, ALL, OFFICE, OFFICE),
}


def admin_url(label: str, page: str, *args: object) -> str:
    """The address of an admin page: "changelist", "add", "change" …"""
    return reverse(f"admin:{label.lower().replace('.', '_')}_{page}", args=args)
