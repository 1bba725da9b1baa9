"""The reports one can export, in the order of the catalogue."""

from reports.exports.activities import ACTIVITIES
from reports.exports.communities import COMMUNITIES
from reports.exports.divisions import DIVISIONS
from reports.exports.honors import HONORS
from reports.exports.hours import HOURS
from reports.exports.leader_links import LEADER_LINKS
from reports.exports.ledger import LEDGER
from reports.exports.member_report_ins import MEMBER_REPORT_INS
from reports.exports.messages import MESSAGES_REPORT
from reports.exports.organizations import ORGANIZATIONS
from reports.exports.pairings import PAIRINGS
from reports.exports.signups import SIGNUPS
from reports.exports.tasks import TASKS
from reports.exports.turnout import TURNOUT
from reports.exports.unit_report_ins import UNIT_REPORT_INS
from reports.exports.whistle_responses import WHISTLE_RESPONSES
from reports.exports.whistles import WHISTLES_REPORT

REPORTS = {
    report.slug: report
    for report in (
        ACTIVITIES,
        LEDGER,
        TASKS,
        HONORS,
        COMMUNITIES,
        PAIRINGS,
        UNIT_REPORT_INS,
        MEMBER_REPORT_INS,
        LEADER_LINKS,
        WHISTLES_REPORT,
        WHISTLE_RESPONSES,
        SIGNUPS,
        TURNOUT,
        HOURS,
        MESSAGES_REPORT,
        ORGANIZATIONS,
        DIVISIONS,
    )
}

__all__ = [
    "ACTIVITIES",
    "COMMUNITIES",
    "DIVISIONS",
    "HONORS",
    "HOURS",
    "LEADER_LINKS",
    "LEDGER",
    "MEMBER_REPORT_INS",
    "MESSAGES_REPORT",
    "ORGANIZATIONS",
    "PAIRINGS",
    "REPORTS",
    "SIGNUPS",
    "TASKS",
    "TURNOUT",
    "UNIT_REPORT_INS",
    "WHISTLES_REPORT",
    "WHISTLE_RESPONSES",
]
