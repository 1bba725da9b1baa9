"""A unit paired with a community, and the days around its report-in."""

from datetime import UTC, date, datetime

from communities.queries.report_in_periods import report_in_period
from tests.factories.communities import MembershipFactory, PairingFactory

TODAY = date(2026, 6, 10)
NOW = datetime(2026, 6, 10, 4, tzinfo=UTC)
PERIOD = report_in_period(TODAY)
VALUES = {
    "member_count": 32,
    "leader_name": "示例领导",
    "leader_title": "主任",
    "contact_name": "示例联络员",
    "contact_phone": "+8613800138000",
    "offers": "政策宣讲",
    "remark": "",
}


def paired(**values):
    """A pairing that holds since the start of 2026."""
    return PairingFactory(**values)


def official_of(organization):
    """Who acts for the organisation."""
    return MembershipFactory(role="unit", organization=organization).user


def official_in(community):
    """Who acts for the community."""
    return MembershipFactory(role="community", community=community).user
