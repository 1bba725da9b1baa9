"""Models of the registers; import them from here."""

from communities.models.agreement import Agreement, JointMeeting, MeetingAction
from communities.models.change import RegisterChange
from communities.models.division import Community, Subdistrict
from communities.models.history import (
    BEGINNING,
    CommunityVersion,
    OrganizationVersion,
)
from communities.models.leader import Leader, LeaderLink, LeaderTerm, LeadingPost
from communities.models.membership import Membership
from communities.models.need import Need, NeedClaim, Resource, ServiceProject
from communities.models.organization import Organization
from communities.models.pairing import Pairing, PairingImport, PairingNotice
from communities.models.post import PostHolding, ServicePost
from communities.models.register_import import RegisterImport
from communities.models.report_in import (
    MemberReportIn,
    OrganizationReportIn,
    ReportInReminder,
)
from communities.models.resident import ResidentContact, ResidentQuerySet
from communities.models.wish import Wish, WishClaim

__all__ = [
    "BEGINNING",
    "Agreement",
    "Community",
    "CommunityVersion",
    "JointMeeting",
    "Leader",
    "LeaderLink",
    "LeaderTerm",
    "LeadingPost",
    "MeetingAction",
    "MemberReportIn",
    "Membership",
    "Need",
    "NeedClaim",
    "Organization",
    "OrganizationReportIn",
    "OrganizationVersion",
    "Pairing",
    "PairingImport",
    "PairingNotice",
    "PostHolding",
    "RegisterChange",
    "RegisterImport",
    "ReportInReminder",
    "ResidentContact",
    "ResidentQuerySet",
    "Resource",
    "ServicePost",
    "ServiceProject",
    "Subdistrict",
    "Wish",
    "WishClaim",
]
