"""Demonstration months of the whole district: so that its figures tell something.

What stands under the demonstration unit shows each state once; this fills the other
units, streets and months. Activities are written in bulk, as an import would.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle

from django.utils import timezone

from accounts.models import User
from campaigns.models import Activity, Campaign, Evidence, Initiative, Review
from campaigns.models.tally import change_tallies, standing
from communities.actions.leader_links import link_leader
from communities.actions.leaders import add_post, appoint_leader
from communities.models import Community, LeaderLink, Pairing
from core import audit
from xiangcheng_portal.demo.people import COMMUNITY, UNIT

ACTIVITIES, UNITS, TEAMS = 130, 44, 8
FIRST_DAY, LAST_DAY = 155, 4  # days ago
# Initiative, title and text; the last ones are rarer.
WORK = [
    ("学习传达到支部", "学习市民文明公约", "集中学习，结合岗位说做法。"),
    ("宣传发动", "创城知识进楼道", "逐户讲解创城知识，听取居民意见。"),
    ("挂钩社区结对共建", "结对社区环境整治", "与社区一起清理卫生死角。"),
    ("志愿服务活动", "骑楼老街清洁日", "清理骑楼下的杂物和小广告。"),
    ("市民文明公约与公共秩序", "路口文明劝导", "早高峰引导行人有序通行。"),
    ("本职工作与创城结合", "政策咨询进社区", "现场解答居民办事疑问。"),
    ("家庭美德", "邻里百家宴", "邻里各带一道菜，话家常、议公约。"),
    ("传承优秀传统文化", "水仙花雕刻亲子课", "请民间艺人教孩子雕刻水仙花。"),
    ("家人参与社区建设", "社区花园共建", "党员带家人一起翻土、种花。"),
]
OFTEN = (8, 7, 7, 7, 5, 5, 3, 3, 2)
LATE = timedelta(days=9)


@dataclass
class District:
    """Who acts, the pairings of the units that do something, and chance."""

    campaign: Campaign
    sign_ins: dict[str, User]
    today: date
    dice: random.Random
    pairings: Sequence[Pairing]


def make_district(
    *, campaign: Campaign, sign_ins: dict[str, User], today: date, dice: random.Random
) -> None:
    """Approved activities of some months, teams of leaders, a review that is late."""
    pairings = Pairing.objects.on(today).exclude(organization__unit_name=UNIT)
    rows = list(
        pairings.exclude(community__name=COMMUNITY)
        .select_related("organization", "community")
        .order_by("pk")
    )
    chosen = dice.sample(rows, UNITS)
    district = District(campaign, sign_ins, today, dice, chosen)
    _make_activities(district)
    _make_teams(district)
    waiting = Activity.objects.filter(state=Activity.State.SUBMITTED)
    waiting.update(submitted_at=timezone.now() - LATE)


def _make_activities(district: District) -> None:
    initiatives = {row.title: row for row in Initiative.objects.all()}
    days = range(FIRST_DAY, LAST_DAY, -1)
    found = [
        _activity(district, initiatives, FIRST_DAY - number * len(days) // ACTIVITIES)
        for number in range(ACTIVITIES)
    ]
    rows = Activity.objects.bulk_create(found)
    for row in rows:
        row.created_at = row.ends_at
    Activity.objects.bulk_update(rows, ["created_at"])
    written = Activity.objects.filter(pk__in=[row.pk for row in rows])
    change_tallies(standing(written), Counter())
    _prove(rows, by=district.sign_ins["unit"])
    _review(rows, by=district.sign_ins["office"])


def _activity(
    district: District, initiatives: dict[str, Initiative], days_ago: int
) -> Activity:
    dice = district.dice
    pairing = dice.choice(district.pairings)
    title, name, text = dice.choices(WORK, OFTEN)[0]
    initiative, place = initiatives[title], pairing.community
    starts_at = _at(district.today, days_ago, dice.choice([8, 9, 15]))
    ends_at = starts_at + timedelta(hours=2)
    submitted_at = min(ends_at + timedelta(days=1), timezone.now())
    return Activity(
        campaign=district.campaign,
        organization=pairing.organization,
        pillar=initiative.pillar,
        initiative=initiative,
        title=f"{place.name}{name}",
        starts_at=starts_at,
        ends_at=ends_at,
        place=f"{place.name}党群服务中心",
        community=place,
        text=text,
        participant_count=dice.randint(6, 40),
        counts_as_service=initiative.counts_as_service,
        state=Activity.State.APPROVED,
        created_by=district.sign_ins["unit"],
        submitted_by=district.sign_ins["unit"],
        submitted_at=submitted_at,
        reviewed_at=min(submitted_at + timedelta(days=2), timezone.now()),
    )


def _prove(rows: list[Activity], *, by: User) -> None:
    """Each has a photo; the files are those of the activities that went before."""
    files = Evidence.objects.photos().filter(activity__state=Activity.State.APPROVED)
    pool = cycle(files.values_list("file", flat=True))
    Evidence.objects.bulk_create(
        Evidence(
            file_id=file,
            activity=row,
            taken_on=timezone.localdate(row.starts_at),
            place=row.place,
            people="党员和居民",
            purpose=row.title,
            added_by=by,
        )
        for row, file in zip(rows, pool, strict=False)
    )


def _review(rows: list[Activity], *, by: User) -> None:
    """What the office decided, and the lines of it below one of the log."""
    reviews = Review.objects.bulk_create(
        Review(activity=row, decision=Review.Decision.APPROVED, reviewed_by=by)
        for row in rows
    )
    for review in reviews:
        review.reviewed_at = review.activity.reviewed_at
    Review.objects.bulk_update(reviews, ["reviewed_at"])
    verb, act = "campaigns.activity_handled", "通过"
    with audit.batch(verb, target=Activity, by=by, act=act, count=len(rows)):
        for row in rows:
            audit.record("campaigns.activity_approved", target=row, by=by)


def _make_teams(district: District) -> None:
    """Leaders of some units: linked twice, once, not yet."""
    by, since = district.sign_ins["committee"], district.today - timedelta(days=120)
    units = {pairing.organization: pairing.community for pairing in district.pairings}
    for number, (unit, community) in enumerate(list(units.items())[:TEAMS]):
        for rank, title in enumerate(("书记", "副书记"), start=1):
            post = add_post(
                organization=unit, title=title, rank=rank, starts_on=since, by=by
            )
            name = f"示例{'甲乙'[rank - 1]}{number + 1}"
            leader = appoint_leader(post=post, name=name, starts_on=since, by=by).leader
            _link(leader, community, links=(number + rank) % 3, since=since, by=by)


def _link(
    leader: object, community: Community, *, links: int, since: date, by: User
) -> None:
    slots = [
        (LeaderLink.Slot.COMMUNITY, {"community": community}),
        (LeaderLink.Slot.SECOND, {"label": f"{community.name}沿街商铺（示例）"}),
    ]
    for slot, target in slots[:links]:
        link_leader(leader=leader, slot=slot, starts_on=since, by=by, **target)


def _at(today: date, days_ago: int, hour: int) -> datetime:
    day = today - timedelta(days=days_ago)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))
