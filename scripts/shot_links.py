"""Pages of the registers and links, for `make shots`, role by role."""

from datetime import date, timedelta

from scripts.shot_steps import PHONE, THREE, Stop, click, fill, send

THEN = (date.today() - timedelta(days=90)).isoformat()
FIRST = "#results a"
FIRST_ROW = "#results tbody a"
UNIT_NAME = "区委宣传部"
COMMUNITY_NAME = "龙江社区"
OWN_COMMUNITY = f"/communities/?text={COMMUNITY_NAME}"
OWN_UNIT = f"/organizations/?text={UNIT_NAME}"

ANYONE = [
    Stop("organizations", "/organizations/"),
    Stop("organizations-none", "/organizations/?text=xyz"),
    Stop("organization", OWN_UNIT, (click(FIRST),)),
    Stop(
        "organization-then",
        OWN_UNIT,
        (click(FIRST), fill("查看哪一天", THEN), click(".day-form button")),
    ),
    Stop(
        "community-then",
        OWN_COMMUNITY,
        (click(FIRST), fill("查看哪一天", THEN), click(".day-form button")),
    ),
    Stop("organization-old-name", "/organizations/?text=示例第一"),
    Stop("post", OWN_COMMUNITY, (click(FIRST), click("main a[href^='/posts/']"))),
]
VOLUNTEER = [
    Stop("report-in", "/me/report-in/"),
    Stop("report-in-wrong", "/me/report-in/", (click("main form .btn--primary"),)),
]
# What every official may open, in their own scope.
LISTS = [
    Stop("notices", "/desk/notices/"),
    Stop("notices-none", "/desk/notices/?text=xyz"),
    Stop("notice", "/desk/notices/", (click(FIRST),)),
    Stop("report-ins", "/desk/report-ins/"),
    Stop("report-ins-none", "/desk/report-ins/?text=xyz"),
    Stop("leaders", "/desk/leaders/"),
    Stop("needs", "/desk/needs/"),
    Stop("resources", "/desk/resources/"),
    Stop("projects", "/desk/projects/"),
    Stop("agreements", "/desk/agreements/"),
    Stop("meetings", "/desk/meetings/"),
]
UNIT = [
    *LISTS,
    Stop("lists", "/desk/", (click(".desk-links-jump"),), (PHONE,)),
    Stop("report-in-form", "/desk/", (click("a[href*='/report-ins/new/']"),)),
    Stop(
        "report-in-form-wrong",
        "/desk/",
        (click("a[href*='/report-ins/new/']"), send()),
    ),
    Stop("report-in", "/desk/report-ins/?state=returned", (click(FIRST),)),
    Stop(
        "slip",
        "/desk/report-ins/?state=returned",
        (click(FIRST), click("a[href$='/slip/']")),
    ),
    Stop("leader-team", "/desk/leaders/", (click(FIRST),), THREE),
    Stop("need", "/desk/needs/", (click(FIRST),), THREE),
    Stop("resource", "/desk/resources/", (click(FIRST),)),
    Stop("resource-form", "/desk/resources/new/"),
    Stop("resource-form-wrong", "/desk/resources/new/", (send(),)),
    Stop("project", "/desk/projects/", (click(FIRST),)),
    Stop("agreement", "/desk/agreements/", (click(FIRST),)),
    Stop("agreement-form", "/desk/agreements/new/"),
    Stop("agreement-form-wrong", "/desk/agreements/new/", (send(),)),
    Stop("meeting", "/desk/meetings/", (click(FIRST),)),
]
COMMUNITY = [
    *LISTS,
    Stop("member-report-ins", "/desk/member-report-ins/"),
    Stop("member-report-ins-active", "/desk/member-report-ins/?group=active"),
    Stop("member-report-in", "/desk/member-report-ins/", (click(FIRST_ROW),)),
    Stop(
        "member-report-in-wrong",
        "/desk/member-report-ins/",
        (click(FIRST_ROW), click("button[value=return]")),
    ),
    Stop("need", "/desk/needs/", (click(FIRST),)),
    Stop("need-form", "/desk/needs/new/"),
    Stop("need-form-wrong", "/desk/needs/new/", (send(),)),
    Stop("posts", "/desk/posts/"),
    Stop("post-form", "/desk/posts/new/"),
    Stop("post-form-wrong", "/desk/posts/new/", (send(),)),
    Stop("meeting-form", "/desk/meetings/", (click("a[href*='/meetings/new/']"),)),
    Stop("meeting", "/desk/meetings/", (click(FIRST),)),
]
CHANGE = "main a[href$='/changes/new/']"
COMMITTEE = [
    *LISTS,
    Stop("missing", "/desk/report-ins/missing/", (), THREE),
    Stop("missing-none", "/desk/report-ins/missing/?text=xyz"),
    Stop("leader-team", f"/desk/leaders/?text={UNIT_NAME}", (click(FIRST),)),
    Stop("changes", "/desk/changes/"),
    Stop("change", "/desk/changes/", (click(FIRST),)),
    Stop("change-kinds", OWN_UNIT, (click(FIRST), click(CHANGE))),
    *(
        Stop(
            f"change-{kind}",
            OWN_UNIT,
            (click(FIRST), click(CHANGE), click(f"main a[href$='/new/{kind}/']")),
        )
        for kind in ("rename", "merge", "split")
    ),
    Stop(
        "change-preview",
        OWN_UNIT,
        (
            click(FIRST),
            click(CHANGE),
            click("main a[href$='/new/split/']"),
            fill("新设党组织 1", "示例新党支部"),
            click("main form .btn--primary"),
        ),
        THREE,
    ),
    Stop("community-change-kinds", OWN_COMMUNITY, (click(FIRST), click(CHANGE))),
    Stop(
        "community-change-preview",
        OWN_COMMUNITY,
        (
            click(FIRST),
            click(CHANGE),
            click("main a[href$='/new/rename/']"),
            fill("新名称", "示例新社区"),
            click("main form .btn--primary"),
        ),
    ),
]
