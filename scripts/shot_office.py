"""Pages of the office's desk, for `make shots`: reports, overview, audit, admin site.

The same for office, committee and auditor, each in what they may.
"""

from scripts.shot_steps import PHONE, THREE, Stop, click, fill, send

AUDIT, REPORTS = "/audit/", "/reports/"
SIGNUPS = f"{REPORTS}signups/"
COLUMNS = click(".filters__choices > summary")
# Slug of the report and what its page is asked.
SHOWN = {
    "ledger": "",
    "tasks": "",
    "honors": "",
    "communities": "boundary=now",
    "pairings": "",
    "unit-report-ins": "",
    "member-report-ins": "",
    "leader-links": "",
    "whistles": "",
    "whistle-responses": "",
    "signups": "",
    "turnout": "",
    "hours": "",
    "messages": "",
    "organizations": "",
    "divisions": "",
}

# What the three roles that see the whole district have in common.
WATCHED = [
    Stop("overview", "/overview/", widths=THREE),
    Stop("overview-filters", "/overview/", (click(".filters > summary"),), (PHONE,)),
    Stop("overview-street", "/overview/?street=1"),
    Stop("overview-wrong", "/overview/?starts_on=2035-13-01", status=422),
    Stop("overview-rows", "/overview/", (click("main a[href*='/overview/rows/']"),)),
    Stop("overview-figure", "/overview/", (click("main a[href*='/reports/']"),)),
    Stop("reports", REPORTS, widths=THREE),
    Stop("report", "/reports/activities/", widths=THREE),
    Stop("report-print", "/reports/activities/print/?columns=pk&columns=title"),
    Stop("report-saved-none", "/reports/saved/"),
    Stop("report-save", f"{REPORTS}activities/save/?period=last_month"),
    Stop(
        "report-saved",
        f"{REPORTS}activities/save/?period=last_month",
        (fill("名称", "上月活动（示例）"), send()),
    ),
    Stop("exports", "/exports/"),
    Stop("admin", "/admin/", widths=THREE),
]
LOG = [
    Stop("audit", AUDIT, widths=THREE),
    Stop("audit-filters", AUDIT, (click(".filters > summary"),), (PHONE,)),
    Stop("audit-none", f"{AUDIT}?starts_on=2035-01-01"),
    Stop("audit-history", f"{AUDIT}campaigns.Activity/1/"),
]
COMMITTEE = WATCHED
AUDITOR = [*WATCHED, *LOG]
OFFICE = [
    *WATCHED,
    *LOG,
    *(Stop(f"report-{slug}", f"{REPORTS}{slug}/?{ask}") for slug, ask in SHOWN.items()),
    Stop("report-none", "/reports/activities/?starts_on=2035-01-01"),
    Stop("report-wrong", "/reports/activities/?starts_on=2035-13-01", status=422),
    Stop("report-columns", SIGNUPS, (click(".filters > summary"), COLUMNS), (PHONE,)),
    Stop("report-unmasked", f"{SIGNUPS}unmasked/"),
    Stop("report-unmasked-wrong", f"{SIGNUPS}unmasked/", (send(),)),
    Stop(
        "exports-begun",
        f"{SIGNUPS}unmasked/",
        (fill("用途", "示例：核对保险名单"), send()),
    ),
    Stop("admin-days", "/admin/campaigns/activity/?starts_at__from=2026-01-01"),
]
