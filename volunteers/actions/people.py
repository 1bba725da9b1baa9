"""召集人手: a unit that answers a whistle asks for people to come and help."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.activities import ActivityRefused, lock_active_organization
from campaigns.actions.claims import locked_current_campaign, service_initiative
from campaigns.actions.whistle_answers import record_people_asked
from campaigns.actions.whistle_log import locked_response
from campaigns.models import Activity, WhistleResponse
from campaigns.rules import Deed, check
from communities.models import MemberReportIn
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.shifts import ShiftRefused, open_shift
from volunteers.models import Shift
from volunteers.notices.shifts import people_wanted

INITIATIVE = "社区吹哨"  # part of the title of 社区吹哨、党员报到
HOUR = timedelta(hours=1)


def shift_for(response: WhistleResponse) -> Shift | None:
    """The shift for which people were asked; of a cancelled activity it is none."""
    shifts = Shift.objects.filter(activity__whistle_response=response)
    live = shifts.exclude(activity__state=Activity.State.CANCELLED)
    return live.select_related("activity__organization").order_by("pk").first()


@retried_atomic
def ask_for_people(
    *, response: WhistleResponse, values: dict[str, Any], by: User, now: datetime
) -> Shift:
    """Open an activity with one shift for all to sign up; tell members living there.

    `values` are `title`, `place`, `starts_at`, `ends_at` and `people`. A second time
    the same shift comes back. Nothing the whistle says is copied: the activity is
    public. Raises WhistleRefused, ActivityRefused or ShiftRefused.
    Source: issue 5, "Answer".
    """
    if held := shift_for(response):
        return held
    lock_active_organization(response.organization_id)
    campaign = locked_current_campaign()
    response = locked_response(response.pk)
    if held := shift_for(response):
        return held
    check(Deed.ASK_PEOPLE, response.whistle, response)
    if values["starts_at"] <= now:
        raise ShiftRefused(_("开始时间已过，请改一改。"))
    initiative = service_initiative(about=INITIATIVE)
    activity = Activity(
        campaign=campaign,
        organization=response.organization,
        pillar=initiative.pillar,
        initiative=initiative,
        counts_as_service=initiative.counts_as_service,
        title=values["title"],
        starts_at=values["starts_at"],
        ends_at=values["ends_at"],
        place=values["place"],
        community=response.whistle.community,
        text=_public_text(response),
        whistle_response=response,
        created_by=by,
    )
    _save(activity)
    audit.record("campaigns.activity_created", target=activity, by=by)
    shift = open_shift(shift=_shift(activity, values["people"], now), by=by)
    activity.move_to(Activity.State.PUBLISHED, by=by)
    record_people_asked(response=response, activity=activity, by=by, now=now)
    people_wanted(shift, _members_of(activity, but=by))
    return shift


def _save(activity: Activity) -> None:
    try:
        with transaction.atomic():
            activity.save()
    except IntegrityError as error:
        raise ActivityRefused(_("刚刚已召集人手，请刷新后查看。")) from error


def _public_text(response: WhistleResponse) -> str:
    """Place and category alone: what the whistle says is not for everybody."""
    whistle = response.whistle
    words = {"community": whistle.community.name, "category": whistle.category.title}
    return (
        _(
            "%(community)s吹哨（%(category)s），召集志愿者和党员到场帮忙。"
            "自愿参加，到场后听现场负责人安排。"
        )
        % words
    )


def _shift(activity: Activity, people: int, now: datetime) -> Shift:
    return Shift(
        activity=activity,
        title=_("到场帮忙"),
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        place=activity.place,
        community=activity.community,
        capacity=people,
        signup_closes_at=_closes_at(activity.starts_at, now),
    )


def _closes_at(starts_at: datetime, now: datetime) -> datetime:
    """As for every shift; near the day later, so that people can still come.

    With less than twice the usual time left one hour before the start, with less than
    two hours at the start.
    """
    usual = timedelta(hours=settings.SIGNUP_CLOSES_HOURS)
    left = starts_at - now
    if left >= 2 * usual:
        return starts_at - usual
    return starts_at - HOUR if left >= 2 * HOUR else starts_at


def _members_of(activity: Activity, *, but: User) -> list[int]:
    """Numbers of the party members who have reported in where help is needed."""
    report_ins = MemberReportIn.objects.filter(
        state=MemberReportIn.State.ACTIVE,
        community=activity.community,
        user__is_active=True,
    ).exclude(user=but)
    return list(report_ins.order_by("user").values_list("user_id", flat=True))
