"""Pages of the admin site for the registers, people, messages and the audit log.

People, messages and the audit log live on lower floors, which know no policy.
"""

from django.contrib import admin

from accounts.models import Delivery, Notification, User
from communities.admin.audit import AuditEntryAdmin
from communities.admin.changes import RegisterChangeAdmin
from communities.admin.deliveries import DeliveryAdmin
from communities.admin.memberships import MembershipAdmin
from communities.admin.messages import NotificationAdmin
from communities.admin.people import UserAdmin
from communities.admin.registers import (
    CommunityAdmin,
    OrganizationAdmin,
    PairingAdmin,
    PairingNoticeAdmin,
    SubdistrictAdmin,
)
from communities.admin.report_ins import OrganizationReportInAdmin
from communities.admin.wishes import WishAdmin
from communities.models import (
    Community,
    Membership,
    Organization,
    OrganizationReportIn,
    Pairing,
    PairingNotice,
    RegisterChange,
    Subdistrict,
    Wish,
)
from core.models import AuditEntry

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
