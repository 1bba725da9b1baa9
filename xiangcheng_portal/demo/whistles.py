"""Demonstration whistles: each state once, and a history to compute rates from.

Moments lie on working days before today, so that the clocks tell something; all of it
goes through the actions people use.
"""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.actions.whistle_answers import (
    accept_whistle,
    ask_extension,
    deliver_whistle,
    log_whistle,
    return_whistle,
)
from campaigns.actions.whistle_dispatch import (
    dispatch_whistle,
    merge_whistle,
    send_back_whistle,
)
from campaigns.actions.whistle_photos import add_whistle_photo
from campaigns.actions.whistles import create_whistle, issue_whistle, rate_whistle
from campaigns.models import Urgency, Whistle, WhistleCategory, WhistleResponse
from communities.models import Community, Organization
from core.working_days import add_working_days
from xiangcheng_portal.demo.people import COMMUNITY, UNIT
from xiangcheng_portal.demo.pictures import draw_photo

OPENS = time(9)


@dataclass
class Cast:
    """Who acts, where, and since when the days are counted."""

    sign_ins: dict[str, User]
    today: date
    dice: random.Random
    home: Community = field(init=False)
    unit: Organization = field(init=False)

    def __post_init__(self) -> None:
        self.home = Community.objects.get(name=COMMUNITY)
        self.unit = Organization.objects.roots_of_unit(UNIT).get()

    def at(self, days_ago: int, hours: float = 0) -> datetime:
        """Nine o'clock so many working days ago, and some hours; never ahead."""
        day = add_working_days(self.today, -days_ago) if days_ago else self.today
        moment = timezone.make_aware(datetime.combine(day, OPENS))
        return min(moment + timedelta(hours=hours), timezone.now())

    def draft(self, category: str, title: str, text: str, **values: object) -> Whistle:
        """A draft of the demonstration community."""
        return create_whistle(
            whistle=Whistle(
                category=WhistleCategory.objects.get(title=category),
                title=title,
                text=text,
                **{"community": self.home, "place": "示例路 1 号楼前", **values},
            ),
            by=self.sign_ins["community"],
        )

    def issued(
        self, whistle: Whistle, now: datetime, unit: Organization | None = None
    ) -> Whistle:
        """Blown: to the street, or to the unit itself."""
        community = self.sign_ins["community"]
        return issue_whistle(whistle=whistle, by=community, now=now, organization=unit)

    def asked(self, whistle: Whistle, now: datetime) -> WhistleResponse:
        """Sent to the demonstration unit by the street."""
        dispatch_whistle(
            whistle=whistle,
            organizations=[self.unit],
            note="请就近安排党员处理。",
            by=self.sign_ins["street"],
            now=now,
        )
        return whistle.responses.live().get()


def make_whistles(
    *, sign_ins: dict[str, User], today: date, dice: random.Random
) -> None:
    """Whistles of the demonstration community, from the oldest to the newest."""
    cast = Cast(sign_ins, today, dice)
    _make_closed(cast)
    _make_late(cast)
    _make_delivered(cast)
    _make_handling(cast)
    _make_waiting(cast)
    _make_drafts(cast)


def _make_closed(cast: Cast) -> None:
    """Answered within hours, done the next day, rated well."""
    whistle = cast.draft(
        "环境卫生",
        "集市后楼道口垃圾外溢",
        "周末集市散场后垃圾堆到楼道口，需要人手清理和劝导。",
        needs_people=8,
    )
    community, unit = cast.sign_ins["community"], cast.sign_ins["unit"]
    add_whistle_photo(whistle=whistle, photo=draw_photo(cast.dice), by=community)
    cast.issued(whistle, cast.at(15), cast.unit)
    response = whistle.responses.get()
    accept_whistle(response=response, by=unit, now=cast.at(15, 1))
    log_whistle(
        response=response,
        text="党员 8 人到场清理，联系环卫加开一车。",
        photos=[draw_photo(cast.dice)],
        by=unit,
        now=cast.at(14),
    )
    deliver_whistle(
        response=response,
        text="已清理完毕，并与摊主约定散场后自行收走垃圾。",
        photos=[draw_photo(cast.dice)],
        by=unit,
        now=cast.at(14, 2),
    )
    _rate(cast, whistle, Whistle.Resolution.SOLVED, True, cast.at(13))


def _make_late(cast: Cast) -> None:
    """Given back once, then taken by the street's way, late, and only partly solved."""
    whistle = cast.draft(
        "设施维修",
        "活动室窗户松动",
        "社区活动室两扇窗户松动，风大时有危险，需要专业人员加固。",
        needs_skill="门窗维修",
        urgency=Urgency.URGENT,
    )
    unit = cast.sign_ins["unit"]
    cast.issued(whistle, cast.at(14), cast.unit)
    return_whistle(
        response=whistle.responses.get(),
        reason="本单位没有维修人员，请改派有条件的单位。",
        by=unit,
        now=cast.at(14, 2),
    )
    cast.issued(Whistle.objects.get(pk=whistle.pk), cast.at(13))
    response = cast.asked(whistle, cast.at(13, 1))
    accept_whistle(response=response, by=unit, now=cast.at(12, 1))
    deliver_whistle(
        response=response,
        text="请来师傅加固了一扇，另一扇需要定制配件。",
        photos=[],
        by=unit,
        now=cast.at(5),
    )
    _rate(cast, whistle, Whistle.Resolution.PARTLY, True, cast.at(4))


def _rate(
    cast: Cast, whistle: Whistle, resolution: str, is_satisfied: bool, now: datetime
) -> None:
    rate_whistle(
        whistle=whistle,
        resolution=resolution,
        is_satisfied=is_satisfied,
        text="感谢支持。",
        by=cast.sign_ins["community"],
        now=now,
    )


def _make_delivered(cast: Cast) -> None:
    """Done; the community has to confirm and rate."""
    whistle = cast.draft(
        "文明宣传",
        "垃圾分类投放点需要引导员",
        "新投放点启用第一周，需要人手在早晚高峰引导居民分类投放。",
        needs_people=6,
    )
    unit = cast.sign_ins["unit"]
    cast.issued(whistle, cast.at(6), cast.unit)
    response = whistle.responses.get()
    accept_whistle(response=response, by=unit, now=cast.at(6, 2))
    deliver_whistle(
        response=response,
        text="连续三天早晚各 6 人引导，居民已基本熟悉。",
        photos=[draw_photo(cast.dice)],
        by=unit,
        now=cast.at(1),
    )


def _make_handling(cast: Cast) -> None:
    """Being handled, with a line of the log and more time asked for."""
    whistle = cast.draft(
        "设施维修",
        "楼道照明损坏",
        "3 个单元的楼道灯不亮，老人晚上出行不便，需要电工检修。",
        needs_skill="电工",
        needs_things="LED 灯 12 盏",
    )
    cast.issued(whistle, cast.at(4))
    response = cast.asked(whistle, cast.at(4, 3))
    unit = cast.sign_ins["unit"]
    accept_whistle(response=response, by=unit, now=cast.at(3))
    log_whistle(
        response=response,
        text="已实地查看，灯具在采购。",
        photos=[draw_photo(cast.dice)],
        by=unit,
        now=cast.at(2),
    )
    ask_extension(
        response=response,
        until=add_working_days(cast.today, 15),
        reason="灯具到货要一周。",
        by=unit,
        now=cast.at(1),
    )


def _make_waiting(cast: Cast) -> None:
    """For the unit to answer, for the street to dispatch, back with the community."""
    asked = cast.draft(
        "助老助残",
        "独居老人家水龙头漏水",
        "一位独居老人家中水龙头漏水，请懂水电的党员上门看看。",
        needs_skill="水电维修",
        urgency=Urgency.URGENT,
        resident_name="示例阿婆",
        resident_phone="+8613800009001",
        resident_consented=True,
    )
    cast.issued(asked, cast.at(0), cast.unit)
    waiting = cast.draft(
        "交通秩序",
        "路口非机动车乱停放",
        "早高峰路口非机动车占道停放，需要人手引导一周。",
        needs_people=10,
    )
    cast.issued(waiting, cast.at(1))
    twice = cast.draft(
        "交通秩序", "早高峰路口电动车占道", "与路口乱停放是同一处，请一并处理。"
    )
    cast.issued(twice, cast.at(1, 1))
    street = cast.sign_ins["street"]
    merge_whistle(
        whistle=twice,
        into=waiting,
        reason="同一路口，一并派单。",
        by=street,
        now=cast.at(1, 2),
    )
    unclear = cast.draft("其他", "请协助布置会场", "社区会议需要协助布置会场。")
    cast.issued(unclear, cast.at(2))
    send_back_whistle(
        whistle=unclear,
        reason="请写明时间、地点和人数后再吹哨。",
        by=street,
        now=cast.at(2, 3),
    )


def _make_drafts(cast: Cast) -> None:
    """Not sent yet."""
    cast.draft(
        "市容秩序",
        "背街小巷小广告清理",
        "三条小巷墙面小广告较多，计划周六集中清理。",
        needs_people=12,
        needs_things="铲刀、水桶",
    )
