"""The pages that `make shots` photographs, role by role."""

from scripts import shot_links as links
from scripts import shot_messages as messages
from scripts import shot_office as office
from scripts import shot_volunteers as volunteers
from scripts import shot_whistles as whistles
from scripts import shot_work as work
from scripts.shot_steps import (
    PHONE,
    THREE,
    Stop,
    attach,
    click,
    fill,
    send,
)

NOTICE = """单位与社区挂钩安排表,,,,
挂钩单位,挂钩社区,联络员,联系电话,备注
区总工会,湖内社区,某甲,13800000001,牵头
没有的单位,湖内社区,某乙,13800000002,
区总工会,没有的社区,某丙,1380000,
"""

TITLE = "main tbody th a"
ROW = "#result_list tbody th a"
OPEN = "article:has(.badge--open) h3 a"
FULL = "article:has(.badge--full) h3 a"
FREE, HELD = "/shifts/?text=净滩", "/shifts/?text=路口引导"
SIGN_UP = "main form[action$='/signup/'] button"

ANYONE = [
    Stop("home", "/", widths=THREE),
    Stop("shifts", "/shifts/", widths=THREE),
    Stop("shifts-filters", "/shifts/", (click(".filters > summary"),), (PHONE,)),
    Stop("shifts-none", "/shifts/?date=2035-01-01"),
    Stop("shifts-wrong", "/shifts/?date=2035-13-01"),
    Stop("shifts-later", "/shifts/?after=2020-01-01T00:00:00%2B08:00_1"),
    Stop("shift-open", "/shifts/", (click(OPEN),)),
    Stop("shift-full", "/shifts/", (click(FULL),)),
    Stop("pillar", "/pillars/service/"),
    Stop("communities", "/communities/"),
    Stop("communities-none", "/communities/?text=xyz"),
    Stop("community", "/communities/?text=龙江社区", (click("#results li a"),)),
    Stop("activity", "/", (click("main .card h3 a"),)),
]
ANONYMOUS = [
    *ANYONE,
    Stop("sign-in", "/accounts/login/"),
    Stop(
        "sign-in-wrong",
        "/accounts/login/",
        (fill("手机号、邮箱或用户名", "nobody"), fill("密码", "wrong"), send()),
    ),
    Stop("sign-up", "/accounts/signup/"),
    Stop("sign-up-wrong", "/accounts/signup/", (send(),)),
    Stop("reset", "/accounts/password/reset/"),
    Stop(
        "reset-sent",
        "/accounts/password/reset/",
        (fill("邮箱", "nobody@example.invalid"), send()),
    ),
    Stop("404", "/no-such-page/", status=404),
]
VOLUNTEER = [
    Stop("shift-own", FREE, (click(OPEN), click(SIGN_UP)), THREE),
    Stop("shift-to-wait", HELD, (click(FULL),)),
    Stop(
        "me-cancelled",
        FREE,
        (click("main article h3 a"), click("form[action$='/cancel/'] button")),
    ),
    Stop("shift-waitlisted", HELD, (click(FULL), click(SIGN_UP))),
    Stop("shifts-own", "/shifts/"),
    Stop("me", "/me/", widths=THREE),
    Stop("inbox", "/me/inbox/"),
    Stop("menu", "/me/", (click(".menu > summary"),)),
    Stop("profile", "/me/profile/"),
    Stop("email", "/accounts/email/"),
    Stop("password", "/accounts/password/change/"),
    Stop("password-wrong", "/accounts/password/change/", (send(),)),
    Stop("sign-out", "/accounts/logout/"),
    Stop("403", "/desk/", status=403),
]
MINE = "/desk/activities/"
UNIT = [
    Stop("desk", "/desk/", widths=THREE),
    Stop("activities", MINE),
    Stop("activities-none", f"{MINE}?q=xyz"),
    Stop("activity-draft", f"{MINE}?state=draft", (click(TITLE),)),
    Stop("activity-submitted", f"{MINE}?state=submitted", (click(TITLE),)),
    Stop("activity-returned", f"{MINE}?state=returned", (click(TITLE),)),
    Stop("activity-approved", f"{MINE}?state=approved", (click(TITLE),)),
    Stop("activity-published", f"{MINE}?state=published", (click(TITLE),)),
    Stop("activity-form", f"{MINE}new/"),
    Stop("activity-form-wrong", f"{MINE}new/", (send(),)),
    Stop(
        "activity-edit",
        f"{MINE}?state=returned",
        (click(TITLE), click("a[href$='/edit/']")),
    ),
    Stop("photo-wrong", f"{MINE}?state=returned", (click(TITLE), send())),
    Stop(
        "activity-cancel",
        f"{MINE}?state=published",
        (click(TITLE), click("a[href$='/cancel/']")),
    ),
    Stop(
        "shift-form",
        f"{MINE}?state=published",
        (click(TITLE), click("a[href$='/shifts/new/']")),
    ),
    Stop(
        "shift-form-wrong",
        f"{MINE}?state=published",
        (click(TITLE), click("a[href$='/shifts/new/']"), send()),
    ),
    Stop(
        "shift-edit",
        f"{MINE}?state=published",
        (click(TITLE), click("#shifts a[href$='/edit/']")),
    ),
    Stop(
        "shift-cancel",
        f"{MINE}?state=published",
        (click(TITLE), click("#shifts a[href$='/cancel/']"), send()),
    ),
    Stop("shift", "/shifts/", (click(FULL),)),
    Stop("roll", "/desk/", (click("a[href$='/roll/']"),)),
    Stop("pairings", "/desk/pairings/"),
    Stop("community", "/communities/?text=龙江社区", (click("#results li a"),)),
    Stop("403", "/desk/reviews/", status=403),
]
QUEUE = "main .list-row__title a"
OFFICE = [
    Stop("desk", "/desk/", widths=THREE),
    Stop("reviews", "/desk/reviews/"),
    Stop("review", "/desk/reviews/", (click(QUEUE),)),
    Stop(
        "review-wrong",
        "/desk/reviews/",
        (click(QUEUE), click("button[value=returned]")),
    ),
    Stop("pairings", "/desk/pairings/"),
    Stop("pairings-none", "/desk/pairings/?day=2001-01-01"),
    Stop("admin-activities", "/admin/campaigns/activity/"),
    Stop("admin-activity", "/admin/campaigns/activity/", (click(ROW),)),
    Stop("admin-people", "/admin/accounts/user/"),
    Stop("admin-person", "/admin/accounts/user/", (click(ROW),)),
    Stop("admin-memberships", "/admin/communities/membership/"),
    Stop("admin-membership-new", "/admin/communities/membership/add/"),
    Stop("admin-shifts", "/admin/volunteers/shift/"),
    Stop("admin-audit", "/admin/core/auditentry/"),
    Stop("admin-messages", "/admin/accounts/notification/"),
]
COMMITTEE = [
    Stop("desk", "/desk/"),
    Stop("pairings", "/desk/pairings/"),
    Stop("import", "/desk/pairings/import/"),
    Stop("import-wrong", "/desk/pairings/import/", (send(),)),
    Stop(
        "import-problems",
        "/desk/pairings/import/",
        (
            attach("结对通知.csv", NOTICE),
            fill("文号", "芗机工委〔2026〕8号"),
            fill("生效日期", "2026-12-01"),
            send(),
        ),
    ),
    Stop(
        "import-preview",
        "/desk/pairings/import/",
        (
            attach("结对通知.csv", "\n".join(NOTICE.splitlines()[:3])),
            fill("文号", "芗机工委〔2026〕9号"),
            fill("生效日期", "2026-12-01"),
            send(),
        ),
    ),
    Stop("import-again", "/desk/pairings/import/"),
    Stop("admin-organizations", "/admin/communities/organization/"),
    Stop(
        "admin-organization",
        "/admin/communities/organization/",
        (click(ROW),),
    ),
    Stop("admin-pairings", "/admin/communities/pairing/"),
    Stop("admin-communities", "/admin/communities/community/"),
]
WATCHER = [
    Stop("desk", "/desk/"),
    Stop("activity", "/desk/", (click(TITLE),)),
    Stop("pairings", "/desk/pairings/"),
]
STOPS = {
    "anonymous": [
        *ANONYMOUS,
        *links.ANYONE,
        *work.ANYONE,
        *whistles.ANYONE,
        *volunteers.ANYONE,
        *messages.ANYONE,
    ],
    "volunteer": [
        *volunteers.VOLUNTEER,
        *VOLUNTEER,
        *links.VOLUNTEER,
        *work.VOLUNTEER,
        *whistles.VOLUNTEER,
        *messages.VOLUNTEER,
    ],
    "youth": [*volunteers.YOUTH, *messages.NEWCOMER],
    "unit": [
        *volunteers.UNIT,
        *UNIT,
        *links.UNIT,
        *work.UNIT,
        *whistles.UNIT,
        *messages.UNIT,
    ],
    "office": [
        *OFFICE,
        *office.OFFICE,
        *links.LISTS,
        *work.OFFICE,
        *whistles.OFFICE,
        *volunteers.OFFICE,
        *messages.OFFICE,
    ],
    "committee": [
        *COMMITTEE,
        *office.COMMITTEE,
        *links.COMMITTEE,
        *work.TASKS,
        *whistles.RATES,
    ],
    "street": [*WATCHER, *links.LISTS, *work.LISTS, *whistles.STREET],
    "community": [*WATCHER, *links.COMMUNITY, *work.COMMUNITY, *whistles.COMMUNITY],
    "auditor": [
        *WATCHER,
        *links.LISTS,
        *office.AUDITOR,
        *whistles.RATES,
    ],
}
