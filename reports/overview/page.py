"""The sections of the overview, in their order."""

from reports.overview.asked import Asked
from reports.overview.coverage import coverage_section
from reports.overview.figures import Section
from reports.overview.hours import hours_section
from reports.overview.links import (
    leaders_section,
    pairings_section,
    report_ins_section,
)
from reports.overview.overdue import overdue_section
from reports.overview.streets import Streets
from reports.overview.whistles import whistles_section


def overview_sections(asked: Asked) -> list[Section]:
    """The sections of what is asked for; no coverage without a campaign."""
    streets = Streets(asked)
    sections = [coverage_section(asked)] if asked.campaign else []
    return [
        *sections,
        pairings_section(asked, streets),
        report_ins_section(asked, streets),
        leaders_section(asked),
        whistles_section(asked, streets),
        overdue_section(asked),
        hours_section(asked, streets),
    ]
