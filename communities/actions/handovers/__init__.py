"""What merges and splits do to the rows of this app; see `base`."""

from communities.actions.handovers.agreements import (
    AgreementHandover,
    MeetingActionHandover,
)
from communities.actions.handovers.base import (
    Handover,
    Held,
    Node,
    chosen,
    handovers_for,
    register,
    register_all,
)
from communities.actions.handovers.children import ChildrenHandover
from communities.actions.handovers.leaders import (
    LeaderLinkHandover,
    LeadingTeamHandover,
)
from communities.actions.handovers.member_report_ins import (
    MemberOrganizationHandover,
    MemberReportInHandover,
)
from communities.actions.handovers.memberships import MembershipHandover
from communities.actions.handovers.needs import (
    NeedClaimHandover,
    NeedHandover,
    ResourceHandover,
)
from communities.actions.handovers.pairings import PairingHandover
from communities.actions.handovers.posts import PostHandover
from communities.actions.handovers.report_ins import ReportInHandover
from communities.actions.handovers.wishes import WishClaimHandover, WishHandover

register(ChildrenHandover())
register(MembershipHandover())
register(PairingHandover())
register(ReportInHandover())
register(MemberReportInHandover())
register(MemberOrganizationHandover())
register(PostHandover())
register(LeadingTeamHandover())
register(LeaderLinkHandover())
register(AgreementHandover())
register(MeetingActionHandover())
register(NeedHandover())
register(NeedClaimHandover())
register(ResourceHandover())
register(WishHandover())
register(WishClaimHandover())

__all__ = [
    "Handover",
    "Held",
    "Node",
    "chosen",
    "handovers_for",
    "register",
    "register_all",
]
