"""Pages of whistles and micro-wishes, for `make shots`, role by role."""

from scripts.shot_steps import PHONE, THREE, Stop, click, fill, send

BOARD, ALL, NEW = "/desk/whistles/", "/desk/whistles/all/", "/desk/whistles/new/"
FIRST = "#results a"


def whistle(text: str, name: str, *steps: object, **values: object) -> Stop:
    """The page of the whistle with these words, by the list of all."""
    return Stop(name, f"{ALL}?text={text}", (click(FIRST), *steps), **values)


ANYONE = [
    Stop("wishes", "/wishes/", widths=THREE),
    Stop("wishes-none", "/wishes/?category=skill&open=on&text=xyz"),
    Stop("wish", "/wishes/", (click("main .card h2 a, main .card h3 a"),)),
]
VOLUNTEER = [*ANYONE, Stop("wishes-mine", "/wishes/mine/")]
RATES = [
    Stop("whistle-rates", "/overview/whistles/", widths=THREE),
    Stop("whistle-rate-rows", "/overview/whistles/", (click("main tbody a"),)),
]
LISTS = [
    Stop("whistles", BOARD, widths=THREE),
    Stop("whistles-all", ALL),
    Stop("whistles-none", f"{ALL}?text=xyz"),
    Stop("whistles-filters", ALL, (click(".filters > summary"),), (PHONE,)),
    *RATES,
]
UNIT = [
    *LISTS,
    whistle("水龙头", "whistle-to-answer", widths=THREE),
    whistle("水龙头", "whistle-return", click("a[href$='/return/']")),
    whistle("照明", "whistle-to-handle", widths=THREE),
    whistle("照明", "whistle-deliver", click("a[href$='/deliver/']")),
]
STREET = [
    *LISTS,
    whistle("路口非", "whistle-to-dispatch"),
    whistle("路口非", "whistle-dispatch", click("a[href$='/dispatch/']"), widths=THREE),
    whistle("路口非", "whistle-merge", click("a[href$='/merge/']")),
    whistle("电动车", "whistle-merged"),
]
COMMUNITY = [
    *LISTS,
    Stop("whistle-form", NEW, widths=THREE),
    Stop("whistle-form-wrong", NEW, (send(),)),
    Stop("whistle-form-phone", NEW, (fill("情况说明", "电话 13800009005"), send())),
    whistle("小广告", "whistle-draft", widths=THREE),
    whistle("布置会场", "whistle-returned"),
    whistle("引导员", "whistle-to-judge", widths=THREE),
    whistle("照明", "whistle-extension"),
    whistle("垃圾外溢", "whistle-closed", widths=THREE),
    Stop("wishes-desk", "/desk/wishes/"),
    Stop("wish-form", "/desk/wishes/new/"),
    Stop("wish-form-wrong", "/desk/wishes/new/", (send(),)),
    Stop("wish-own", "/desk/wishes/", (click("main a[href^='/wishes/']"),)),
]
OFFICE = [
    *LISTS,
    Stop("admin-whistle-categories", "/admin/campaigns/whistlecategory/"),
    Stop("admin-whistles", "/admin/campaigns/whistle/"),
]
