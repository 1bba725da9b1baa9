"""Demonstration work: a campaign, activities in every state, shifts with sign-ups."""

import random
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.actions import (
    add_evidence,
    create_activity,
    publish_activity,
    review_activity,
    submit_activity,
    words_of,
)
from campaigns.actions.details import save_deed, save_study
from campaigns.models import Activity, Campaign, Initiative, Review
from communities.models import Community, Organization, Pairing
from core import audit
from volunteers.actions import open_shift, sign_up
from volunteers.models import Shift, Volunteer
from xiangcheng_portal.demo.people import COMMUNITY, UNIT, begins_on
from xiangcheng_portal.demo.pictures import draw_photo

PAST = [
    ("宣传发动", "创城知识进楼道", "逐户讲解创城知识，听取居民意见。"),
    (
        "学习传达到支部",
        "支部学习《市民文明公约》",
        "集中学习文明公约，交流身边的文明小事。",
    ),
    ("我为群众办实事", "为老旧小区更换楼道灯", "更换楼道灯，解决夜间出行不便。"),
    ("市民文明公约与公共秩序", "路口文明劝导", "早高峰引导行人和电动车有序通行。"),
    ("传承优秀传统文化", "水仙花雕刻亲子课", "请民间艺人教孩子雕刻水仙花。"),
    ("志愿服务活动", "骑楼老街清洁日", "清理骑楼下的杂物和小广告。"),
    ("挂钩社区结对共建", "结对社区环境整治", "与结对社区一起清理卫生死角。"),
    ("家庭美德", "邻里百家宴", "邻里各带一道菜，话家常、议公约。"),
    ("本职工作与创城结合", "政策咨询进社区", "现场解答居民办事疑问。"),
]
COMING = [
    ("志愿服务活动", "新华西路文明劝导", ["路口引导", "非机动车摆放"], 3),
    ("志愿服务活动", "九龙江畔净滩行动", ["净滩", "物资发放"], 5),
    ("家人参与社区建设", "社区花园共建日", ["花园翻土", "亲子种植"], 8),
    ("志愿服务活动", "独居老人上门探望", ["探望组"], 12),
]


def make_campaign(by: User) -> Campaign:
    """The campaign under way, moved there by the office."""
    year = timezone.localdate().year
    campaign = Campaign.objects.create(
        title=f"芗城区创建全国文明城市行动（{year}）",
        slogan="走在前、作表率",
        starts_on=begins_on(timezone.localdate()),
        introduction="区直机关各级党组织和广大党员走在前、作表率，参与创建全国文明城市。",
    )
    audit.record("campaigns.campaign_created", target=campaign, by=by)
    campaign.move_to(Campaign.State.ACTIVE, by=by)
    return campaign


def make_past_activities(
    *, campaign: Campaign, unit: User, office: User, dice: random.Random
) -> None:
    """Activities that were held: approved, returned, waiting for review, drafts."""
    pairings = list(
        Pairing.objects.active().select_related("organization", "community")
    )
    own = Organization.objects.roots_of_unit(UNIT).get()
    chosen = dice.sample(pairings, 12)
    rows = [(pairing.organization, pairing.community) for pairing in chosen]
    own_community = Community.objects.get(name=COMMUNITY)
    rows = [(own, own_community)] * 6 + rows
    for number, (organization, community) in enumerate(rows):
        activity = _past_activity(number, campaign, organization, community, unit, dice)
        fate = "approved" if number >= 6 or number < 3 else number
        if fate == 5:
            continue
        submit_activity(activity=activity, by=unit)
        if fate == "approved":
            review_activity(
                activity=activity, decision=Review.Decision.APPROVED, by=office
            )
        elif fate == 4:
            review_activity(
                activity=activity,
                decision=Review.Decision.RETURNED,
                reason="照片说明缺少参加人员，请补充后重新提交。",
                by=office,
            )


def _past_activity(
    number: int,
    campaign: Campaign,
    organization: Organization,
    community: Community,
    by: User,
    dice: random.Random,
) -> Activity:
    initiative_title, title, text = PAST[number % len(PAST)]
    initiative = Initiative.objects.get(title=initiative_title)
    starts_at = _at(-3 - 4 * number, 9)
    activity = create_activity(
        activity=Activity(
            campaign=campaign,
            organization=organization,
            pillar=initiative.pillar,
            initiative=initiative,
            title=title,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            place=f"{community.name}党群服务中心",
            community=community,
            text=text,
            participant_count=dice.randint(8, 40),
            counts_as_service=initiative.counts_as_service,
        ),
        by=by,
    )
    _write_details(activity, by)
    for _photo in range(2):
        words = replace(words_of(activity), people="党员和居民")
        add_evidence(target=activity, upload=draw_photo(dice), words=words, by=by)
    return activity


def _write_details(activity: Activity, by: User) -> None:
    """What a study session and a deed for residents say beyond the rest."""
    kind = activity.initiative.kind
    if kind == Initiative.Kind.STUDY:
        values = {"topic": "市民文明公约（示例）", "host": "示例书记"}
        save_study(activity=activity, values=values, by=by)
    if kind == Initiative.Kind.DEED:
        held_on = timezone.localdate(activity.starts_at)
        values = {
            "promise": "一周内修好示例楼道的灯",
            "promised_for": held_on + timedelta(days=7),
            "done_on": held_on,
            "result": "已更换楼道灯12盏，居民现场确认。",
        }
        save_deed(activity=activity, values=values, by=by)


def make_coming_activities(
    *, campaign: Campaign, unit: User, volunteers: list[Volunteer], dice: random.Random
) -> None:
    """Published activities with shifts: some open, one full with a waitlist."""
    organization = Organization.objects.roots_of_unit(UNIT).get()
    communities = list(Community.objects.filter(kind=Community.Kind.RESIDENTS))
    places = [Community.objects.get(name=COMMUNITY), *dice.sample(communities, 3)]
    for number, (initiative_title, title, posts, days) in enumerate(COMING):
        initiative = Initiative.objects.get(title=initiative_title)
        starts_at = _at(days, 8)
        activity = create_activity(
            activity=Activity(
                campaign=campaign,
                organization=organization,
                pillar=initiative.pillar,
                initiative=initiative,
                title=title,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=4),
                place=f"{places[number].name}党群服务中心",
                community=places[number],
                text="欢迎居民和党员一起参加，现场提供工具和饮水。",
                counts_as_service=True,
            ),
            by=unit,
        )
        shifts = [
            _shift(activity, post, place, unit) for place, post in enumerate(posts)
        ]
        publish_activity(activity=activity, by=unit)
        _sign_people_up(shifts, volunteers, is_full=number == 0, dice=dice)


def _shift(activity: Activity, post: str, place: int, by: User) -> Shift:
    starts_at = activity.starts_at + timedelta(minutes=30 * place)
    return open_shift(
        shift=Shift(
            activity=activity,
            title=post,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            place=activity.place,
            community=activity.community,
            capacity=8 + 4 * place,
            signup_closes_at=starts_at - timedelta(hours=24),
        ),
        by=by,
    )


def _sign_people_up(
    shifts: list[Shift],
    volunteers: list[Volunteer],
    *,
    is_full: bool,
    dice: random.Random,
) -> None:
    waiting = list(volunteers)
    dice.shuffle(waiting)
    now = timezone.now()
    for place, shift in enumerate(shifts):
        count = shift.capacity + 3 if is_full and place == 0 else dice.randint(2, 7)
        for _someone in range(count):
            sign_up(shift=shift, volunteer=waiting.pop(), now=now)


def _at(days: int, hour: int) -> datetime:
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour)))
