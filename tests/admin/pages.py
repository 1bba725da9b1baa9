"""One row for each register of the admin site: its record and who may do what."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity, Campaign, Convention, Pillar
from communities.models import (
    Membership,
    PairingImport,
    RegisterImport,
    ReportInReminder,
)
from core import audit
from core.models import AuditEntry, PeriodicJob
from tests.communities.trees import Kind, ahead, change
from tests.factories.accounts import (
    DeliveryFactory,
    NotificationFactory,
    UserFactory,
)
from tests.factories.activities import ActivityTemplateFactory
from tests.factories.agreements import (
    AgreementFactory,
    JointMeetingFactory,
    MeetingActionFactory,
)
from tests.factories.attendance import AttendanceFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
    InitiativeFactory,
    PillarFactory,
)
from tests.factories.certificates import CertificateFactory, StarLevelFactory
from tests.factories.communities import (
    CommunityFactory,
    MemberReportInFactory,
    MembershipFactory,
    OrganizationFactory,
    OrganizationReportInFactory,
    PairingFactory,
    PairingNoticeFactory,
    ServicePostFactory,
    SubdistrictFactory,
)
from tests.factories.documents import PublishedDocumentFactory
from tests.factories.exports import ExportJobFactory
from tests.factories.figures import FrozenFigureFactory
from tests.factories.groups import SignupGroupFactory
from tests.factories.honors import HonorFactory
from tests.factories.hours import DisputeFactory, RecordFactory
from tests.factories.invitations import InvitationFactory, SkillFactory
from tests.factories.leaders import (
    LeaderFactory,
    LeaderLinkFactory,
    LeadingPostFactory,
)
from tests.factories.needs import (
    PublishedNeedFactory,
    ResourceFactory,
    ServiceProjectFactory,
)
from tests.factories.organising import ShiftMessageFactory, ShiftRuleFactory
from tests.factories.reviews import ReturnFactory, ReturnReasonFactory
from tests.factories.stories import ConsentFactory, ConventionFactory, StoryFactory
from tests.factories.tasks import TaskAssignmentFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.factories.whistles import (
    IssuedWhistleFactory,
    WhistleCategoryFactory,
    WhistleExtensionFactory,
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


def _pairing_import() -> models.Model:
    """An upload of everybody in the working committee: each sees the own only."""
    officials = Membership.objects.filter(role="committee").values_list(
        "user", flat=True
    )
    made = [
        PairingImport.objects.create(
            file_name="示例.xlsx",
            number="示例〔2026〕1号",
            starts_on=date(2026, 1, 1),
            rows=[],
            uploaded_by_id=user,
        )
        for user in officials or [MembershipFactory(role="committee").user_id]
    ]
    return made[0]


def _register_import() -> models.Model:
    officials = Membership.objects.filter(role="committee").values_list(
        "user", flat=True
    )
    made = [
        RegisterImport.objects.create(
            kind="organizations", file_name="示例.xlsx", rows={}, uploaded_by_id=user
        )
        for user in officials or [MembershipFactory(role="committee").user_id]
    ]
    return made[0]


def _leader_link() -> models.Model:
    return LeaderLinkFactory(leader=LeaderFactory())


def _report_in_reminder() -> models.Model:
    return ReportInReminder.objects.create(
        organization=OrganizationFactory(),
        community=CommunityFactory(),
        period_starts_on=date(2026, 1, 1),
        level=ReportInReminder.Level.values[0],
    )


def _meeting_action() -> models.Model:
    return MeetingActionFactory(owner=OrganizationFactory())


def _post() -> models.Model:
    return ServicePostFactory(state="published", published_at=timezone.now())


def _job() -> models.Model:
    return PeriodicJob.objects.create(name=f"示例任务{PeriodicJob.objects.count()}")


def _document() -> models.Model:
    return PublishedDocumentFactory(campaign=CampaignFactory(state="active"))


def _consent() -> models.Model:
    return ConsentFactory(story=StoryFactory(state="submitted"))


PAGES = {
    "communities.Organization": Page(OrganizationFactory, ALL, COMMITTEE, COMMITTEE),
    "communities.Subdistrict": Page(SubdistrictFactory, ALL, COMMITTEE, COMMITTEE),
    "communities.Community": Page(CommunityFactory, ALL, COMMITTEE, COMMITTEE),
    "communities.LeadingPost": Page(LeadingPostFactory, ALL),
    "communities.Leader": Page(LeaderFactory, ALL),
    "communities.Pairing": Page(PairingFactory, ALL),
    "communities.PairingNotice": Page(PairingNoticeFactory, ALL),
    "communities.RegisterChange": Page(_register_change, ALL),
    "communities.OrganizationReportIn": Page(OrganizationReportInFactory, ALL),
    "communities.RegisterImport": Page(_register_import, COMMITTEE),
    "communities.PairingImport": Page(_pairing_import, COMMITTEE),
    "communities.LeaderLink": Page(_leader_link, ALL),
    "communities.MemberReportIn": Page(MemberReportInFactory, ALL),
    "communities.ReportInReminder": Page(_report_in_reminder, ALL),
    "communities.Agreement": Page(AgreementFactory, ALL),
    "communities.JointMeeting": Page(JointMeetingFactory, ALL),
    "communities.MeetingAction": Page(_meeting_action, ALL),
    "communities.Need": Page(PublishedNeedFactory, ALL),
    "communities.Resource": Page(ResourceFactory, ALL),
    "communities.ServiceProject": Page(ServiceProjectFactory, ALL),
    "communities.ServicePost": Page(_post, ALL),
    "communities.Wish": Page(PublishedWishFactory, ALL),
    "communities.Membership": Page(
        lambda: MembershipFactory(role="committee"), {"office", "auditor"}, OFFICE
    ),
    "accounts.User": Page(UserFactory, {"office"}),
    "accounts.Delivery": Page(DeliveryFactory, {"office"}),
    "accounts.Notification": Page(NotificationFactory, {"office"}),
    "accounts.ExportJob": Page(ExportJobFactory, {"office", "auditor"}),
    "core.PeriodicJob": Page(_job, {"office", "auditor"}),
    "core.AuditEntry": Page(_audit_entry, {"office", "auditor"}),
    "campaigns.Campaign": Page(_campaign, ALL, OFFICE, OFFICE),
    "campaigns.Pillar": Page(_pillar, ALL, frozenset(), OFFICE),
    "campaigns.Initiative": Page(_initiative, ALL, OFFICE, OFFICE),
    "campaigns.ActivityTemplate": Page(ActivityTemplateFactory, ALL, OFFICE, OFFICE),
    "campaigns.FrozenFigure": Page(FrozenFigureFactory, ALL),
    "campaigns.Activity": Page(_activity, ALL),
    "campaigns.CampaignDocument": Page(_document, ALL),
    "campaigns.Evidence": Page(lambda: EvidenceFactory(activity=_activity()), ALL),
    "campaigns.Review": Page(ReturnFactory, ALL),
    "campaigns.Consent": Page(_consent, {"office"}),
    "campaigns.TaskAssignment": Page(TaskAssignmentFactory, ALL),
    "campaigns.WhistleExtension": Page(WhistleExtensionFactory, ALL),
    "campaigns.Honor": Page(HonorFactory, ALL),
    "campaigns.Story": Page(lambda: StoryFactory(state="submitted"), ALL),
    "campaigns.Convention": Page(_convention, ALL),
    "campaigns.Task": Page(lambda: TaskAssignmentFactory().task, ALL),
    "campaigns.WhistleCategory": Page(WhistleCategoryFactory, ALL, OFFICE, OFFICE),
    "campaigns.Whistle": Page(IssuedWhistleFactory, ALL),
    "campaigns.WhistleResponse": Page(WhistleResponseFactory, ALL),
    "campaigns.ReturnReason": Page(ReturnReasonFactory, ALL, OFFICE, OFFICE),
    "volunteers.Shift": Page(ShiftFactory, ALL),
    "volunteers.ShiftRule": Page(ShiftRuleFactory, ALL),
    "volunteers.SignupGroup": Page(SignupGroupFactory, {"office"}),
    "volunteers.Invitation": Page(InvitationFactory, {"office"}),
    "volunteers.ShiftMessage": Page(ShiftMessageFactory, {"office"}),
    "volunteers.Attendance": Page(AttendanceFactory, {"office"}),
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
