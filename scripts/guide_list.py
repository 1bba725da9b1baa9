"""The pictures of the guide in docs/guide: what each shows, and how to get there."""

from dataclasses import dataclass

from playwright.sync_api import Page

from scripts import shot_volunteers as volunteers
from scripts.shot_list import OPEN, ROW, TITLE
from scripts.shot_steps import Step, attach, click, fill
from scripts.shot_volunteers import FAMILY, OFFERED, RISKY, TODAY, signed_out
from scripts.shot_whistles import ALL as WHISTLES
from scripts.shot_work import OWN_UNIT

TELEPHONE, DESK = (360, 720), (1280, 760)
FIRST = "#results a"
SUPPLEMENT = """挂钩单位,挂钩社区（村）,联络员,联系电话,备注
宣 传部,湖内社区,示例员,13800000044,
区总工会,秋坑社区,示例员,13800000045,
"""


@dataclass(frozen=True)
class Picture:
    """`<role>-<what>.webp`: the window at `path` after `steps`, from `top` on.

    `height` is that of the window; the upper edge of the first `top` lies at its own.
    """

    name: str
    path: str
    steps: tuple[Step, ...] = ()
    top: str = ""
    size: tuple[int, int] = DESK
    height: int = 0
    sign_in: str = ""

    @property
    def role(self) -> str:
        """Who looks at it."""
        return self.sign_in or self.name.partition("-")[0]

    @property
    def window(self) -> dict[str, int]:
        """Width and height."""
        return {"width": self.size[0], "height": self.height or self.size[1]}


def phone(name: str, path: str, *steps: Step, **values: object) -> Picture:
    """A picture of a telephone."""
    return Picture(name, path, steps, size=TELEPHONE, **values)


def desk(name: str, path: str, *steps: Step, **values: object) -> Picture:
    """A picture of the screen on a desk."""
    return Picture(name, path, steps, **values)


def choose(label: str) -> Step:
    """Check the radio button or box whose label holds these words."""
    return lambda page: page.get_by_label(label).first.check()


def shift(text: str) -> tuple[str, Step]:
    """Where the coming shift with this title is found, and the click on it."""
    return f"{volunteers.SHIFTS}?text={text}", click(volunteers.ROW)


def whistle(text: str) -> tuple[str, Step]:
    """The same for a whistle."""
    return f"{WHISTLES}?text={text}", click(FIRST)


def press(name: str) -> Step:
    """Press the button with these words in the page."""

    def step(page: Page) -> None:
        page.get_by_role("main").get_by_role("button", name=name).first.click()
        page.wait_for_load_state("networkidle")

    return step


def mine(text: str) -> Step:
    """Follow the link with these words on one's own page."""
    return click(f"main a:has-text('{text}')")


def daily(text: str, *steps: Step) -> tuple[str, Step, ...]:
    """A shift of the activity that runs for weeks, by the unit's desk."""
    to_shifts = (click(TITLE), click("main a[href$='/shifts/']"))
    return f"{volunteers.MINE}?q=常态", *to_shifts, mine(text), *steps


def case(part: str) -> tuple[str, Step]:
    """The first case in a queue of hours."""
    return f"{volunteers.HOURS}?part={part}", click("main .list-row__title a")


HEAD = "main .page-head"
PICTURES = [
    phone("visitor-shifts", "/shifts/", top="#shift-rows, .filters"),
    phone("visitor-shift", "/shifts/", click(OPEN), top=HEAD),
    desk(
        "visitor-community",
        "/communities/?text=龙江社区",
        click("#results li a"),
        top="main .grid--side",
    ),
    phone("visitor-sign-up", "/accounts/signup/", top="main h1"),
    phone("volunteer-me", "/me/", top="main h1"),
    phone("volunteer-sign-up", *shift(RISKY), top=HEAD),
    phone("volunteer-offered", *shift(OFFERED), top="main h1"),
    phone(
        "volunteer-group", *shift(FAMILY), click("main a[href^='/groups/']"), top=HEAD
    ),
    phone(
        "volunteer-check-in", "/me/", mine(TODAY), click("main a[href$='/check-in/']")
    ),
    desk("volunteer-hours", "/me/hours/", top=HEAD, height=620),
    phone("youth-needs-guardian", *shift(FAMILY), top=HEAD),
    phone("youth-link", "/me/profile/", top="#guardian-url >> xpath=ancestor::section"),
    phone("youth-consent", "/me/profile/", signed_out("#guardian-url"), top=HEAD),
    phone(
        "leader-code",
        *daily(TODAY, click("a[href$='/day/']")),
        top=".day-code",
        sign_in="unit",
    ),
    phone(
        "leader-roll",
        *daily(TODAY, click("a[href$='/day/']")),
        top="[aria-labelledby=roll-title]",
        sign_in="unit",
    ),
    desk("leader-settle", *case("settle"), top=HEAD, height=560, sign_in="unit"),
    desk("unit-desk", "/desk/", height=860),
    desk("unit-choose", "/desk/activities/choose/", top=HEAD),
    desk("unit-activity", "/desk/activities/?state=draft", click(TITLE), top=HEAD),
    desk("unit-whistle", *whistle("水龙头"), top=HEAD),
    desk("community-desk", "/desk/", height=860),
    phone("community-whistle", "/desk/whistles/new/", top=HEAD),
    desk("community-judge", *whistle("引导员"), top=HEAD, height=860),
    desk("street-board", "/desk/whistles/", top=HEAD, height=600),
    desk(
        "street-dispatch", *whistle("路口非"), click("a[href$='/dispatch/']"), top=HEAD
    ),
    desk(
        "committee-notice",
        "/desk/pairings/import/",
        choose("补充新增"),
        attach("结对通知.csv", SUPPLEMENT),
        fill("文号", "示例〔2026〕9号"),
        fill("生效日期", "2026-12-01"),
        press("上传并预览"),
        top=HEAD,
    ),
    desk("committee-missing", "/desk/report-ins/missing/", top=HEAD, height=640),
    desk(
        "committee-change",
        OWN_UNIT,
        click(FIRST),
        click("main a[href$='/changes/new/']"),
        click("main a[href$='/new/split/']"),
        fill("新设党组织 1", "示例新党支部"),
        click("main form .btn--primary"),
        top=HEAD,
    ),
    desk("office-desk", "/desk/", height=860),
    desk(
        "office-review",
        "/desk/reviews/",
        click("#results tbody a"),
        top=HEAD,
        height=900,
    ),
    desk("office-task", "/desk/tasks/new/", top="main form section >> nth=1"),
    desk("office-overview", "/overview/", top="#coverage"),
    desk("office-report", "/reports/activities/", top=HEAD),
    desk("auditor-audit", "/audit/", top="main .audit-lines", height=640),
    desk("auditor-history", "/admin/campaigns/activity/", click(ROW), top="#content"),
]
FRONT = (
    desk("front-desk", "/", height=800, sign_in="visitor"),
    phone("front-phone", "/shifts/", click(OPEN), height=760, sign_in="visitor"),
)
