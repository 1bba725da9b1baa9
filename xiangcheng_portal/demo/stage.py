"""The stage of the demonstration shifts: who acts, and in which activities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.actions import create_activity, publish_activity
from campaigns.models import Activity, Campaign, Initiative
from communities.models import Community, Organization
from volunteers.actions import open_shift, save_volunteer, volunteer_of
from volunteers.models import Shift, Skill, Volunteer
from xiangcheng_portal.demo.people import COMMUNITY, UNIT

DAYS_BACK, DAYS_AHEAD = 40, 28
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
INSURANCE = "示例保险公司志愿者意外险，由组织单位统一投保。"
BRIEFING = "听从现场负责人安排，穿防滑鞋；身体不适请立即停止并告知负责人。"
# Title, initiative, first and last day from today, what else is to be said.
ACTIVITIES = {
    "daily": (
        "社区常态志愿服务（示例）",
        "志愿服务活动",
        -DAYS_BACK,
        DAYS_AHEAD,
        {"insurance": INSURANCE},
    ),
    "family": ("水仙花里的亲子时光", "家人参与社区建设", 6, 7, {}),
    "risky": (
        "沿江护栏除锈刷漆",
        "挂钩社区结对共建",
        9,
        9,
        {
            "risk": Activity.Risk.MEDIUM,
            "insurance": INSURANCE,
            "safety_briefing": BRIEFING,
        },
    ),
}


@dataclass
class Stage:
    """Who acts in the demonstration shifts, and when."""

    sign_ins: Mapping[str, User]
    volunteers: Sequence[Volunteer]
    now: datetime
    activities: dict[str, Activity]

    @property
    def unit(self) -> User:
        """The official of the demonstration unit."""
        return self.sign_ins["unit"]

    @property
    def me(self) -> Volunteer:
        """Who signs in as the demonstration volunteer."""
        return volunteer_of(self.sign_ins["volunteer"])

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A clock time in Beijing so many days from today."""
        day = timezone.localdate(self.now) + days * DAY
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def shift(
        self,
        activity: str,
        title: str,
        starts_at: datetime,
        ends_at: datetime,
        **values: object,
    ) -> Shift:
        """Open a shift; sign-up closes a day before unless `values` say otherwise."""
        owner = self.activities[activity]
        usual = {
            "place": owner.place,
            "capacity": 10,
            "bring": "帽子和水杯",
            "signup_closes_at": starts_at - DAY,
        }
        shift = Shift(
            activity=owner,
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            community=owner.community,
            **{**usual, **values},
        )
        return open_shift(shift=shift, by=self.unit)


def make_stage(
    *,
    campaign: Campaign,
    sign_ins: Mapping[str, User],
    volunteers: Sequence[Volunteer],
    now: datetime,
) -> Stage:
    """Published activities of the demonstration unit; one of them runs for weeks."""
    stage = Stage(sign_ins, volunteers, now, {})
    for key, (title, initiative, first, last, values) in ACTIVITIES.items():
        stage.activities[key] = _activity(
            stage, campaign, title, initiative, first, last, values
        )
    me = stage.me
    me.accepts_invitations = me.shows_stars = True
    me.home_community = Community.objects.get(name=COMMUNITY)
    skills = Skill.objects.filter(title__in=["闽南话", "急救"])
    save_volunteer(volunteer=me, by=me.user, skills=skills)
    return stage


def _activity(
    stage: Stage,
    campaign: Campaign,
    title: str,
    initiative: str,
    first: int,
    last: int,
    values: Mapping[str, object],
) -> Activity:
    community = Community.objects.get(name=COMMUNITY)
    initiative = Initiative.objects.get(title=initiative)
    activity = create_activity(
        activity=Activity(
            campaign=campaign,
            organization=Organization.objects.roots_of_unit(UNIT).get(),
            pillar=initiative.pillar,
            initiative=initiative,
            title=title,
            starts_at=stage.at(first, 6),
            ends_at=stage.at(last, 22),
            place=f"{community.name}党群服务中心",
            community=community,
            text="欢迎居民和党员一起参加，现场有人带，第一次来也不要紧。",
            contact_name="示例联络员",
            contact_phone="13800000003",
            counts_as_service=True,
            **values,
        ),
        by=stage.unit,
    )
    return publish_activity(activity=activity, by=stage.unit)
