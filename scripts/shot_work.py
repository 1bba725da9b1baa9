"""Pages of the work by pillar, for `make shots`, role by role."""

from scripts.shot_steps import PHONE, THREE, Stop, click, send

FIRST = "#results a"
OWN_UNIT = "/organizations/?text=区委宣传部"

ANYONE = [
    Stop("campaigns", "/campaigns/"),
    Stop("campaign", "/campaigns/1/", widths=THREE),
    Stop("convention", "/convention/", widths=THREE),
    Stop("convention-communities", "/convention/communities/"),
    Stop("honors", "/honors/", widths=THREE),
    Stop("honors-none", "/honors/?text=xyz"),
    Stop("honor", "/honors/", (click(FIRST),)),
    Stop("honor-notices", "/honors/notice/"),
    Stop("stories", "/stories/", widths=THREE),
    Stop("story", "/stories/", (click("main .card h2 a, main .card h3 a"),)),
]
VOLUNTEER = [
    Stop("pledge-wrong", "/convention/", (send(),)),
]
# What every official may open, in their own scope.
LISTS = [
    Stop("honor-desk", "/desk/honors/"),
    Stop("stories-desk", "/desk/stories/"),
]
UNIT = [
    *LISTS,
    Stop("assignments", "/desk/assignments/"),
    Stop("assignment", "/desk/assignments/", (click(FIRST),), THREE),
    Stop("activity-choose", "/desk/activities/choose/"),
    Stop("activity-study", "/desk/activities/new/?initiative=1"),
    Stop("ledger", OWN_UNIT, (click(FIRST), click("a[href$='/ledger/']")), THREE),
    Stop("progress", "/overview/progress/"),
    Stop("exports", "/exports/"),
    Stop("honor-form", "/desk/honors/new/"),
    Stop("honor-form-wrong", "/desk/honors/new/", (send(),)),
    Stop("honor-own", "/desk/honors/", (click(FIRST),)),
    Stop("story-form", "/desk/stories/new/"),
]
COMMUNITY = [
    *LISTS,
    Stop("honor-family", "/desk/honors/?kind=family", (click(FIRST),)),
    Stop("story-own", "/desk/stories/", (click(FIRST),)),
    Stop("story-form-wrong", "/desk/stories/new/", (send(),)),
]
TASKS = [
    Stop("tasks", "/desk/tasks/", widths=THREE),
    Stop("task", "/desk/tasks/", (click(FIRST),), THREE),
    Stop("task-form", "/desk/tasks/new/"),
    Stop("task-form-wrong", "/desk/tasks/new/", (send(),)),
    Stop("progress", "/overview/progress/", widths=THREE),
]
OFFICE = [
    *LISTS,
    *TASKS,
    Stop("campaign-desk", "/desk/campaigns/"),
    Stop("document-form", "/desk/campaigns/1/documents/new/"),
    Stop("convention-desk", "/desk/convention/"),
    Stop("convention-form", "/desk/convention/new/"),
    Stop("honor-check", "/desk/honors/?state=applied", (click(FIRST),)),
    Stop("honor-awarded", "/desk/honors/?state=awarded", (click(FIRST),)),
    Stop("story-judge", "/desk/stories/?state=submitted", (click(FIRST),)),
    Stop("reviews-filters", "/desk/reviews/", (click(".filters > summary"),), (PHONE,)),
    Stop("admin-initiatives", "/admin/campaigns/initiative/"),
    Stop("admin-campaigns", "/admin/campaigns/campaign/"),
]
