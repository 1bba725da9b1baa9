"""Pages of the admin site for the registers, people, messages and the audit log.

People, messages and the audit log live on lower floors, which know no policy.
"""

from django.contrib import admin

from accounts.models import Delivery, ExportJob, Notification, User
from communities.admin.agreements import (
    AgreementAdmin,
    JointMeetingAdmin,
    MeetingActionAdmin,
)
from communities.admin.audit import AuditEntryAdmin
from communities.admin.changes import RegisterChangeAdmin
from communities.admin.deliveries import DeliveryAdmin
from communities.admin.imports import PairingImportAdmin, RegisterImportAdmin
from communities.admin.leaders import LeaderAdmin, LeaderLinkAdmin, LeadingPostAdmin
from communities.admin.memberships import MembershipAdmin
from communities.admin.messages import NotificationAdmin
from communities.admin.needs import (
    NeedAdmin,
    ResourceAdmin,
    ServicePostAdmin,
    ServiceProjectAdmin,
)
from communities.admin.operation import ExportJobAdmin, PeriodicJobAdmin
from communities.admin.people import UserAdmin
from communities.admin.registers import (
    CommunityAdmin,
    OrganizationAdmin,
    PairingAdmin,
    PairingNoticeAdmin,
    SubdistrictAdmin,
)
from communities.admin.report_ins import (
    MemberReportInAdmin,
    OrganizationReportInAdmin,
    ReportInReminderAdmin,
)
from communities.admin.wishes import WishAdmin
from communities.models import (
    Agreement,
    Community,
    JointMeeting,
    Leader,
    LeaderLink,
    LeadingPost,
    MeetingAction,
    MemberReportIn,
    Membership,
    Need,
    Organization,
    OrganizationReportIn,
    Pairing,
    PairingImport,
    PairingNotice,
    RegisterChange,
    RegisterImport,
    ReportInReminder,
    Resource,
    ServicePost,
    ServiceProject,
    Subdistrict,
    Wish,
)
from core.models import AuditEntry, PeriodicJob

admin.site.register(Organization, OrganizationAdmin)
admin.site.register(Subdistrict, SubdistrictAdmin)
admin.site.register(Community, CommunityAdmin)
admin.site.register(Pairing, PairingAdmin)
admin.site.register(PairingNotice, PairingNoticeAdmin)
admin.site.register(OrganizationReportIn, OrganizationReportInAdmin)
admin.site.register(Wish, WishAdmin)
admin.site.register(RegisterChange, RegisterChangeAdmin)
admin.site.register(Membership, MembershipAdmin)
admin.site.register(User, UserAdmin)
admin.site.register(Notification, NotificationAdmin)
admin.site.register(Delivery, DeliveryAdmin)
admin.site.register(AuditEntry, AuditEntryAdmin)
admin.site.register(Agreement, AgreementAdmin)
admin.site.register(JointMeeting, JointMeetingAdmin)
admin.site.register(MeetingAction, MeetingActionAdmin)
admin.site.register(LeadingPost, LeadingPostAdmin)
admin.site.register(Leader, LeaderAdmin)
admin.site.register(LeaderLink, LeaderLinkAdmin)
admin.site.register(Need, NeedAdmin)
admin.site.register(Resource, ResourceAdmin)
admin.site.register(ServiceProject, ServiceProjectAdmin)
admin.site.register(ServicePost, ServicePostAdmin)
admin.site.register(MemberReportIn, MemberReportInAdmin)
admin.site.register(ReportInReminder, ReportInReminderAdmin)
admin.site.register(PairingImport, PairingImportAdmin)
admin.site.register(ExportJob, ExportJobAdmin)
admin.site.register(PeriodicJob, PeriodicJobAdmin)
admin.site.register(RegisterImport, RegisterImportAdmin)
