"""Pages of shifts, attendance, hours and certificates, for `make shots`, by role."""

from playwright.sync_api import Page

from scripts.shot_steps import THREE, Step, Stop, click, send

SHIFTS, CALENDAR, MINE = "/shifts/", "/shifts/calendar/", "/desk/activities/"
ROW = "#shift-rows article h3 a"
TITLE = "main tbody th a"
HOURS, LEDGER, CERTIFICATES = "/desk/hours/", "/me/hours/", "/me/certificates/"
MARKET, FAMILY, RISKY, OFFERED = "便民服务集市", "水仙花雕刻", "护栏刷漆", "咨询台"
SETTLE = click("main a[href$='/settle/']")
RECORD = click("main a[href^='/hours/']")
VERIFY = click("main a[href^='/verify/']")
TODAY, TOMORROW = "路口文明引导", "老街清洁"


def shift(text: str, name: str, *steps: Step, **values: object) -> Stop:
    """The page of the coming shift with this title, by the search."""
    return Stop(name, f"{SHIFTS}?text={text}", (click(ROW), *steps), **values)


def own(text: str, name: str, *steps: Step, **values: object) -> Stop:
    """The page of one's own shift, also when it has begun, by `/me/`."""
    return Stop(name, "/me/", (click(f"main a:has-text('{text}')"), *steps), **values)


def daily(name: str, *steps: Step, **values: object) -> Stop:
    """The desk's shifts of the activity that runs for weeks."""
    begin = (click(TITLE), click("main a[href$='/shifts/']"))
    return Stop(name, f"{MINE}?q=常态", (*begin, *steps), **values)


def case(part: str, name: str, *steps: Step, **values: object) -> Stop:
    """The first case of a queue of hours."""
    path = f"{HOURS}?part={part}"
    return Stop(name, path, (click("main .list-row__title a"), *steps), **values)


def record(text: str, name: str, *steps: Step, **values: object) -> Stop:
    """One of one's own records, by the ledger."""
    link = click(f"main th a:has-text('{text}')")
    return Stop(name, LEDGER, (link, *steps), **values)


def certificate(label: str, name: str, *steps: Step, **values: object) -> Stop:
    """The first certificate of one's own with this badge."""
    link = click(f".list-row:has(.badge:has-text('{label}')) a")
    return Stop(name, CERTIFICATES, (link, *steps), **values)


def settled(name: str, *steps: Step, **values: object) -> Stop:
    """A shift that is settled, as its organisers see it."""
    return daily(name, click("a:has-text('社区义诊协助')"), *steps, **values)


def signed_out(selector: str) -> Step:
    """Open the address in this field as somebody without an account would."""

    def step(page: Page) -> None:
        address = page.locator(selector).first.input_value()
        kept = page.context.cookies()
        page.context.clear_cookies()
        page.goto(address[address.index("/", 8) :])
        page.wait_for_load_state("networkidle")
        page.context.add_cookies(kept)  # for the next stop

    return step


ANYONE = [
    Stop("shifts-search", f"{SHIFTS}?text=sxh"),
    Stop("shifts-near", f"{SHIFTS}?near=龙江社区"),
    Stop("calendar-week", f"{CALENDAR}?view=week", widths=THREE),
    Stop("calendar-month", f"{CALENDAR}?view=month", widths=THREE),
    shift(MARKET, "shift-posts", widths=THREE),
    shift(RISKY, "shift-risky"),
    shift(TOMORROW, "shift-closed"),
    Stop("community-shifts", "/communities/?text=龙江社区", (click("#results li a"),)),
    Stop("verify", "/verify/"),
    Stop("verify-wrong", "/verify/", (send(),)),
    Stop("verify-unknown", "/verify/XC2026-AAAA-BBBB/", status=404),
]
VOLUNTEER = [
    Stop("me-full", "/me/", widths=THREE),
    shift(OFFERED, "shift-offered", widths=THREE),
    shift(MARKET, "shift-invited"),
    shift(RISKY, "shift-to-sign-up", widths=THREE),
    shift(TOMORROW, "shift-handed-on"),
    shift(TOMORROW, "stand-in", click("main a[href^='/stand-ins/']")),
    shift(
        TOMORROW,
        "stand-in-asked",
        click("main a[href^='/stand-ins/']"),
        signed_out("#stand-in-url"),
    ),
    shift(FAMILY, "shift-group"),
    shift(FAMILY, "group", click("main a[href^='/groups/']")),
    shift(
        FAMILY,
        "group-asked",
        click("main a[href^='/groups/']"),
        signed_out("#group-url"),
    ),
    shift(RISKY, "group-form", click("main a[href$='/group/']"), widths=THREE),
    shift(RISKY, "group-form-wrong", click("main a[href$='/group/']"), send()),
    own(TODAY, "shift-running"),
    own(TODAY, "check-in", click("main a[href$='/check-in/']")),
    own(TODAY, "check-in-wrong", click("main a[href$='/check-in/']"), send()),
    Stop("own-code", "/me/code/"),
    Stop("hours", LEDGER, widths=THREE),
    Stop("hours-none", f"{LEDGER}?year=2001"),
    record("花坛", "hours-corrected"),
    record("常态", "hours-late-entry"),
    Stop("hours-late", "/me/hours/late/"),
    Stop("hours-late-form", "/me/hours/late/", (click("main .list-row a"),)),
    Stop(
        "hours-late-form-wrong", "/me/hours/late/", (click("main .list-row a"), send())
    ),
    Stop("dispute", LEDGER, (click("main a[href^='/disputes/']"),)),
    Stop("dispute-form", LEDGER, (click("main a[href$='/dispute/']"),)),
    Stop("dispute-form-wrong", LEDGER, (click("main a[href$='/dispute/']"), send())),
    Stop("certificates", CERTIFICATES, widths=THREE),
    certificate("有效", "certificate", widths=THREE),
    certificate("已撤销", "certificate-revoked"),
    certificate("已被新证明替代", "certificate-superseded"),
    certificate("有效", "verify-valid", VERIFY),
    certificate("已撤销", "verify-revoked", VERIFY),
    Stop("certificate-new", CERTIFICATES, (send(),)),
    Stop("own-data", "/me/data/"),
    Stop("profile-skills", "/me/profile/", widths=THREE),
]
YOUTH = [
    Stop("me-empty", "/me/"),
    Stop("hours-empty", LEDGER),
    Stop("certificates-empty", CERTIFICATES),
    Stop("profile", "/me/profile/"),
    shift(FAMILY, "shift-needs-guardian"),
    shift(RISKY, "shift-adults-only"),
    Stop("guardian", "/me/profile/", (signed_out("#guardian-url"),), THREE),
]
UNIT = [
    Stop("desk-hours", "/desk/"),
    daily("activity-shifts", widths=THREE),
    daily("shifts-several", click("main a[href$='/shifts/several/']")),
    daily("shifts-several-wrong", click("main a[href$='/shifts/several/']"), send()),
    daily("shifts-copy", click("main a[href$='/shifts/copy/']")),
    daily("rule-form", click("main a[href$='/rules/new/']")),
    daily("rule-form-wrong", click("main a[href$='/rules/new/']"), send()),
    daily("rule", click("main a[href^='/desk/rules/']")),
    shift(MARKET, "shift-manage", widths=THREE),
    shift(MARKET, "posts", click("main a[href$='/posts/']"), widths=THREE),
    shift(MARKET, "posts-wrong", click("main a[href$='/posts/']"), send()),
    shift(
        MARKET,
        "post-form",
        click("main a[href$='/posts/']"),
        click("main a[href^='/desk/posts/']"),
    ),
    shift(MARKET, "message", click("main a[href$='/messages/']")),
    shift(MARKET, "message-wrong", click("main a[href$='/messages/']"), send()),
    shift(MARKET, "invite", click("main a[href$='/invite/']")),
    shift(TOMORROW, "shift-lacking"),
    shift(OFFERED, "shift-cancel-first", click("main a[href$='/cancel/']")),
    Stop("roll-late", "/desk/", (click("a[href$='/roll/']"),)),
    daily("day", click(f"a:has-text('{TODAY}')"), click("a[href$='/day/']")),
    Stop("hours-desk", HOURS, widths=THREE),
    case("settle", "settle", widths=THREE),
    case("check_outs", "check-out"),
    Stop("hours-late-entries", f"{HOURS}?part=late"),
    case("late", "record-late", widths=THREE),
    case("late", "record-reject", click("main a[href$='/reject/']")),
    case("disputes", "dispute", widths=THREE),
    Stop("hours-none-waiting", f"{HOURS}?part=confirm"),
    settled("shift-settled"),
    settled("settled", SETTLE),
    settled("record", SETTLE, RECORD),
    settled("record-correct", SETTLE, RECORD, click("main a[href$='/correct/']")),
    settled("record-void", SETTLE, RECORD, click("main a[href$='/void/']")),
]
OFFICE = [
    Stop("hours-desk", HOURS),
    Stop("hours-confirm", f"{HOURS}?part=confirm"),
    case("confirm", "record-long"),
    case("confirm", "record-reject-wrong", click("main a[href$='/reject/']"), send()),
    *(
        Stop(f"admin-{name}", f"/admin/volunteers/{name}/")
        for name in ("skill", "starlevel", "certificate", "servicerecord", "signup")
    ),
]
