"""The reports one can export, in the order of the catalogue."""

from reports.exports.activities import ACTIVITIES
from reports.exports.communities import COMMUNITIES
from reports.exports.signups import SIGNUPS

REPORTS = {report.slug: report for report in (ACTIVITIES, SIGNUPS, COMMUNITIES)}

__all__ = ["ACTIVITIES", "COMMUNITIES", "REPORTS", "SIGNUPS"]
