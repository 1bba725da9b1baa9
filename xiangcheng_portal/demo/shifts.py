"""Demonstration shifts to come and of today: places, offers, groups, check-ins."""

from datetime import date, time, timedelta

from django.utils import timezone

from accounts.models import User
from volunteers.actions import (
    cancel_signup,
    lapse_offers,
    save_posts,
    save_rule,
    save_volunteer,
    send_shift_message,
    sign_up,
    sign_up_group,
    volunteer_of,
)
from volunteers.actions.attendance import check_in, check_out, come_to_the_door
from volunteers.actions.guardians import ask_guardian, give_guardian_consent
from volunteers.actions.invitations import invite
from volunteers.actions.stand_ins import open_stand_in
from volunteers.models import (
    Attendance,
    Companion,
    ShiftRule,
    SignupGroup,
    Skill,
    Volunteer,
)
from volunteers.queries.invitations import Criteria, Whom
from xiangcheng_portal.demo.people import person
from xiangcheng_portal.demo.stage import DAY, HOUR, Stage

Method, Age = Attendance.Method, Companion.AgeBand


def make_coming_shifts(stage: Stage) -> None:
    """Shifts in which something is to be answered, handed on or organised."""
    _make_rule(stage)
    _make_offers(stage)
    _make_market(stage)
    _make_tomorrow(stage)
    _make_family(stage)
    _make_risky(stage)


def _make_rule(stage: Stage) -> None:
    """Every Tuesday and Thursday for three weeks, as far as the year's calendar."""
    today = timezone.localdate(stage.now)
    activity = stage.activities["daily"]
    rule = ShiftRule(
        activity=activity,
        weekdays="24",
        starts_time=time(15),
        ends_time=time(17),
        from_on=today,
        until_on=min(today + 21 * DAY, date(today.year, 12, 31)),
        skips_holidays=True,
        title="社区书屋值守",
        place="社区书屋",
        community=activity.community,
        capacity=4,
        minimum=2,
    )
    save_rule(rule=rule, by=stage.unit, now=stage.now)


def _make_offers(stage: Stage) -> None:
    """Full; an offer lapsed and the place is offered to the demonstration volunteer."""
    starts_at = stage.at(6, 9)
    shift = stage.shift(
        "daily", "咨询台", starts_at, starts_at + 3 * HOUR, capacity=4, minimum=2
    )
    then = stage.now - 2 * DAY
    first = sign_up(shift=shift, volunteer=stage.volunteers[0], now=then)
    others = stage.volunteers[1:5]
    for volunteer in [*others, stage.me, *stage.volunteers[5:7]]:
        sign_up(shift=shift, volunteer=volunteer, now=then)
    left_at = stage.now - 27 * HOUR
    cancel_signup(signup=first, by=first.volunteer.user, now=left_at)
    lapse_offers(now=stage.now - 2 * HOUR)


def _make_market(stage: Stage) -> None:
    """Posts that ask for skills; people are invited and written to."""
    starts_at = stage.at(7, 9)
    shift = stage.shift(
        "daily", "便民服务集市", starts_at, starts_at + 3 * HOUR, minimum=6
    )
    skills = {skill.title: skill for skill in Skill.objects.all()}
    rows = [("理发", "理发", 2), ("小家电维修", "水电维修", 2), ("引导和登记", "", 6)]
    posts = save_posts(
        shift=shift,
        rows=[
            {"post": None, "title": title, "skill": skills.get(skill), "capacity": size}
            for title, skill, size in rows
        ],
        by=stage.unit,
        now=stage.now,
    )
    barber = stage.volunteers[8]
    save_volunteer(volunteer=barber, by=barber.user, skills=[skills["理发"]])
    sign_up(shift=shift, volunteer=barber, post=posts[0], now=stage.now)
    sign_up(shift=shift, volunteer=stage.volunteers[9], post=posts[2], now=stage.now)
    criteria = Criteria(whom=Whom.WILLING)
    invite(shift=shift, criteria=criteria, by=stage.unit, now=stage.now)
    send_shift_message(
        shift=shift,
        text="集市在党群服务中心一楼，请从北门进。",
        to_waiting=False,
        by=stage.unit,
        now=stage.now,
    )


def _make_tomorrow(stage: Stage) -> None:
    """Closed already: somebody gave up late, somebody hands their place on."""
    starts_at = stage.at(1, 9)
    shift = stage.shift(
        "daily",
        "老街清洁",
        starts_at,
        starts_at + 2 * HOUR,
        minimum=8,
        signup_closes_at=starts_at - 2 * DAY,
        bring="手套、雨鞋",
    )
    signups = [
        sign_up(shift=shift, volunteer=volunteer, now=starts_at - 4 * DAY)
        for volunteer in [stage.me, *stage.volunteers[10:14]]
    ]
    late = signups[-1]
    cancel_signup(signup=late, by=late.volunteer.user, now=stage.now)
    open_stand_in(signup=signups[0], by=stage.me.user, now=stage.now)


def _make_family(stage: Stage) -> None:
    """A family with a child and a place still open; minors with their guardians."""
    starts_at = stage.at(7, 14, 30)
    shift = stage.shift(
        "family", "水仙花雕刻", starts_at, starts_at + 2 * HOUR, capacity=12
    )
    sign_up_group(
        shift=shift,
        contact=stage.me,
        kind=SignupGroup.Kind.FAMILY,
        companions=[
            Companion(name="示例小宝", age_band=Age.CHILD),
            Companion(),
        ],
        is_guardian=True,
        now=stage.now,
    )
    asked = volunteer_of(stage.sign_ins["youth"])
    ask_guardian(volunteer=asked, by=asked.user)
    agreed = _minor("demo-youth", "示例同学", 1100)
    consent = ask_guardian(volunteer=agreed, by=agreed.user)
    give_guardian_consent(consent=consent, guardian_name="示例家长", now=stage.now)
    sign_up(shift=shift, volunteer=agreed, now=stage.now)


def _minor(username: str, name: str, number: int) -> Volunteer:
    user = person(username, name, phone=f"+861380000{number}")
    user.age_band = User.AgeBand.MINOR
    user.set_unusable_password()
    user.save()
    return volunteer_of(user)


def _make_risky(stage: Stage) -> None:
    """With insurance and safety briefing, for adults, in the evening."""
    starts_at = stage.at(9, 18)
    shift = stage.shift(
        "risky",
        "护栏刷漆",
        starts_at,
        starts_at + 3 * HOUR,
        minimum=4,
        is_adults_only=True,
        bring="防滑鞋、旧衣服",
    )
    sign_up(shift=shift, volunteer=stage.volunteers[14], now=stage.now)


def make_running_shift(stage: Stage) -> None:
    """Begun an hour ago: come by each way, one gone, one at the door, some awaited."""
    starts_at = stage.now.replace(minute=0, second=0, microsecond=0) - HOUR
    shift = stage.shift(
        "daily",
        "路口文明引导",
        starts_at,
        starts_at + 4 * HOUR,
        capacity=12,
        signup_closes_at=starts_at - DAY,
    )
    expected = stage.volunteers[15:21]
    signups = [
        sign_up(shift=shift, volunteer=volunteer, now=starts_at - 3 * DAY)
        for volunteer in [*expected, stage.me]
    ]
    ways = [Method.SCREEN, Method.OWN_CODE, Method.ROLL, Method.ROLL]
    for number, method in enumerate(ways):
        signup = signups[number]
        by = signup.volunteer.user if method == Method.SCREEN else stage.unit
        moment = starts_at + timedelta(minutes=2 * number - 5)
        check_in(signup=signup, method=method, by=by, now=moment)
    gone_at = starts_at + timedelta(minutes=50)
    check_out(signup=signups[2], method=Method.ROLL, by=stage.unit, now=gone_at)
    late = starts_at + timedelta(minutes=12)
    come_to_the_door(shift=shift, volunteer=stage.volunteers[21], now=late)
