"""Rows of the permission matrix for the campaign's work, a module for each noun."""

from tests.matrix_work import (
    activities,
    campaigns,
    evidence,
    honors,
    ledgers,
    reviews,
    stories,
    tasks,
)

PAGES = "".join(
    module.PAGES
    for module in (
        campaigns,
        tasks,
        activities,
        evidence,
        reviews,
        honors,
        stories,
        ledgers,
    )
)
