"""Demonstration honours and stories: each state once, all families invented."""

import random
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.actions.consents import record_consent
from campaigns.actions.evidence import Words, add_evidence
from campaigns.actions.honor_awards import award_honor
from campaigns.actions.honor_objections import start_notice
from campaigns.actions.honors import apply_honor, check_honor, draft_honor
from campaigns.actions.stories import publish_story, submit_story, write_story
from campaigns.models import Consent, Honor, Story
from communities.models import Community, Organization
from xiangcheng_portal.demo.people import COMMUNITY, UNIT
from xiangcheng_portal.demo.pictures import draw_photo

Kind, State = Honor.Kind, Honor.State
# Kind, holder, what it did, how far it came.
HONORS = [
    (Kind.WINDOW, "示例办事大厅一号窗口", "推行一次办结，周末预约不打烊。", "awarded"),
    (Kind.PIONEER_POST, "示例宣传科先锋岗", "党员轮流值守，有问必答。", "awarded"),
    (Kind.YOUTH, "示例青年志愿队", "每月两次进社区，全年无间断。", "notice"),
    (Kind.WOMEN_POST, "示例巾帼服务岗", "照护老人和孩子，热心细致。", "applied"),
]
FAMILIES = [
    ("示例甲家", "照顾邻居独居老人多年，楼里的热心人家。", "awarded"),
    ("示例乙家", "一家三代都是社区志愿者。", "applied"),
]
STORIES = [
    (
        Story.Kind.NEIGHBOR,
        "楼道里的小书架",
        "示例邻居把旧书搬到楼道，钉了一个**小书架**。\n\n如今全楼的孩子都来借书，"
        "看完再放回去，谁也没登记过。",
        True,
    ),
    (
        Story.Kind.FAMILY,
        "周末的一顿饭",
        "示例丙家每个周末多煮一个人的饭，送到楼下老人家里。",
        False,
    ),
]
LONG_AGO = 30


def make_honors(
    *, office: User, unit: User, community: User, dice: random.Random
) -> None:
    """Honours of the demonstration unit, and of families of its community."""
    organization = Organization.objects.roots_of_unit(UNIT).get()
    place = Community.objects.get(name=COMMUNITY)
    for kind, holder, text, fate in HONORS:
        honor = Honor(kind=kind, organization=organization, holder=holder, text=text)
        _take_on(honor, fate, by=unit, office=office, dice=dice)
    for holder, text, fate in FAMILIES:
        honor = Honor(kind=Kind.FAMILY, community=place, holder=holder, text=text)
        _take_on(honor, fate, by=community, office=office, dice=dice)


def _take_on(
    honor: Honor, fate: str, *, by: User, office: User, dice: random.Random
) -> None:
    """Applied for a month ago, and on from there as far as its fate."""
    today = timezone.localdate()
    honor = draft_honor(honor=honor, by=by, now=timezone.now())
    _add_photo(honor, honor.holder, by=by, dice=dice)
    if honor.is_of_family:
        _consent(honor, honor.holder, today, by=by)
    honor = apply_honor(honor=honor, by=by, now=timezone.now())
    if fate == "applied":
        return
    honor = check_honor(honor=honor, decision=State.CHECKED, by=office)
    begun = today - timedelta(days=LONG_AGO) if fate == "awarded" else today
    honor = start_notice(honor=honor, by=office, today=begun)
    if fate == "awarded":
        award_honor(honor=honor, by=office, today=today)


def make_stories(*, office: User, community: User, dice: random.Random) -> None:
    """A published story and one that waits for the office."""
    place = Community.objects.get(name=COMMUNITY)
    now = timezone.now()
    for kind, title, text, is_published in STORIES:
        story = write_story(
            story=Story(kind=kind, title=title, text=text, community=place),
            by=community,
            now=now,
        )
        _add_photo(story, title, by=community, dice=dice)
        _consent(story, "示例居民", timezone.localdate(), by=community)
        story = submit_story(story=story, by=community, now=now)
        if is_published:
            publish_story(story=story, by=office, now=now)


def _add_photo(
    target: Honor | Story, purpose: str, *, by: User, dice: random.Random
) -> None:
    words = Words(
        taken_on=timezone.localdate() - timedelta(days=LONG_AGO),
        place=COMMUNITY,
        people="示例居民",
        purpose=purpose,
    )
    add_evidence(target=target, upload=draw_photo(dice), words=words, by=by)


def _consent(thing: Honor | Story, subject: str, day: date, *, by: User) -> None:
    record_consent(
        thing=thing,
        subject=subject,
        method=Consent.Method.PAPER,
        given_on=day,
        by=by,
    )
