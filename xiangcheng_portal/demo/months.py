"""Demonstration shifts and whistles of past months, in several streets."""

import random
from datetime import date, timedelta

from accounts.models import User
from campaigns.actions import create_activity, publish_activity
from campaigns.actions.whistle_answers import accept_whistle, deliver_whistle
from campaigns.actions.whistle_dispatch import dispatch_whistle
from campaigns.actions.whistles import rate_whistle
from campaigns.models import Activity, Campaign, Initiative, Whistle
from communities.models import Community, Membership, Organization, Pairing
from volunteers.models import Volunteer
from xiangcheng_portal.demo.hours import hold, settle
from xiangcheng_portal.demo.stage import DAYS_AHEAD, Stage
from xiangcheng_portal.demo.whistles import Cast

STREETS, MONTHS, EACH = 3, 5, 3
FIRST_DAY = 30 * (MONTHS + 1)
POSTS = ["文明劝导岗", "老街清洁", "便民咨询台"]
Resolution = Whistle.Resolution
# Working days ago it was blown, category, title; working days until done; the rating.
WHISTLES = [
    (92, "交通秩序", "校门口接送秩序", 2, Resolution.SOLVED, True),
    (78, "环境卫生", "河道边垃圾清理", 3, Resolution.SOLVED, True),
    (71, "设施维修", "健身器材松动", 9, Resolution.PARTLY, True),
    (55, "文明宣传", "市民公约上墙", 4, Resolution.SOLVED, True),
    (49, "助老助残", "助浴点缺帮手", 2, Resolution.SOLVED, True),
    (36, "市容秩序", "占道经营劝导", 12, Resolution.NOT, False),
    (28, "环境卫生", "楼顶杂物清运", 3, Resolution.SOLVED, True),
    (22, "设施维修", "凉亭座椅修补", 4, Resolution.SOLVED, False),
]


def make_past_shifts(stage: Stage, campaign: Campaign) -> None:
    """A shift a month in each of a few streets; one waits too long to be settled."""
    for number, community in enumerate(_places()):
        key = f"street-{number}"
        stage.activities[key] = _activity(stage, campaign, community)
        for month in range(MONTHS, 0, -1):
            held = hold(
                stage,
                -(30 * month + 7 * number - 16),
                POSTS[number],
                9,
                2 + (month + number) % 2,
                _people(stage, number, month),
                absent=month % 2,
                activity=key,
            )
            settle(stage, held)
    hold(stage, -25, "宣传栏更新", 15, 2, stage.volunteers[17:19], activity="street-0")


def _places() -> list[Community]:
    """The first residents' communities of some streets."""
    rows = Community.objects.filter(kind=Community.Kind.RESIDENTS)
    first = {row.subdistrict_id: row for row in rows.order_by("-code")}
    return [first[key] for key in sorted(first)[1 : STREETS + 1]]


def _people(stage: Stage, number: int, month: int) -> list[Volunteer]:
    first = 14 + (number + month) % 4
    return list(stage.volunteers[first : first + EACH])


def _activity(stage: Stage, campaign: Campaign, community: Community) -> Activity:
    initiative = Initiative.objects.get(title="志愿服务活动")
    activity = create_activity(
        activity=Activity(
            campaign=campaign,
            organization=stage.activities["daily"].organization,
            pillar=initiative.pillar,
            initiative=initiative,
            title=f"{community.name}常态志愿服务（示例）",
            starts_at=stage.at(-FIRST_DAY, 6),
            ends_at=stage.at(DAYS_AHEAD, 22),
            place=f"{community.name}党群服务中心",
            community=community,
            text="每月一次，欢迎居民和党员一起参加。",
            counts_as_service=True,
        ),
        by=stage.unit,
    )
    return publish_activity(activity=activity, by=stage.unit)


def make_past_whistles(
    *, sign_ins: dict[str, User], today: date, dice: random.Random
) -> None:
    """Whistles of other communities, closed and rated; one nobody has answered."""
    cast = Cast(sign_ins, today, dice)
    officials = list(
        Membership.objects.filter(role=Membership.Role.COMMUNITY)
        .exclude(community=cast.home)
        .select_related("community", "user")
        .order_by("pk")
    )
    for number, (ago, category, title, days, resolution, is_good) in enumerate(
        WHISTLES
    ):
        official = officials[number % len(officials)]
        whistle = _dispatched(cast, official, ago, category, title)
        response = whistle.responses.get()
        unit = sign_ins["unit"]
        hours = 1 if number % 3 else 20  # some answer too late
        accept_whistle(response=response, by=unit, now=cast.at(ago, 1 + hours))
        done = cast.at(ago - days)
        deliver_whistle(
            response=response, text="已处理（示例）。", photos=[], by=unit, now=done
        )
        rate_whistle(
            whistle=whistle,
            resolution=resolution,
            is_satisfied=is_good,
            text="感谢支持。",
            by=official.user,
            now=done + timedelta(hours=5),
        )
    _dispatched(cast, officials[0], 7, "交通秩序", "菜市场门口停车乱")


def _dispatched(
    cast: Cast, official: Membership, ago: int, category: str, title: str
) -> Whistle:
    whistle = cast.draft(
        category,
        f"{title}（示例）",
        "需要结对单位派人帮忙，具体安排与社区联系。",
        community=official.community,
    )
    cast.issued(whistle, cast.at(ago))
    dispatch_whistle(
        whistle=whistle,
        organizations=[_unit_of(official.community)],
        note="",
        by=cast.sign_ins["street"],
        now=cast.at(ago, 1),
    )
    return whistle


def _unit_of(community: Community) -> Organization:
    pairings = Pairing.objects.active().filter(community=community)
    return pairings.select_related("organization").earliest("pk").organization
