"""Members report in to the community they live in; the community answers.

Locks: organisation, community, person, report-in; ids ascending (TRAPS).
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, MemberReportIn, Organization, ServicePost
from communities.notices import member_report_ins as notices
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

State = MemberReportIn.State
ONE_DAY = timedelta(days=1)


class MemberReportInRefused(RuleError):
    """The report-in is not fit for what was asked; `code` names the reason."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def lock_people(ids: Collection[int]) -> dict[int, User]:
    """The people by id, their rows locked until the transaction ends."""
    people = User.objects.select_for_update(no_key=True).filter(pk__in=ids)
    return {person.pk: person for person in people.order_by("pk")}


@retried_atomic
def submit_member_report_in(
    *,
    community: Community,
    by: User,
    now: datetime,
    organization: Organization | None = None,
    skills: str = "",
    free_times: str = "",
    posts: Iterable[ServicePost] = (),
) -> MemberReportIn:
    """Report in to the community one lives in; strictly the person's own act.

    While another community's is active, this one waits beside it; signing moves the
    person. Raises MemberReportInRefused with the reason.
    Source: PRODUCT section 3, MemberReportIn.
    """
    if organization is not None:
        organization = _lock_organization(organization.pk)
    community = _lock_community(community.pk)
    person = lock_people([by.pk])[by.pk]
    if refusal := submit_refusal(person, community, today=timezone.localdate(now)):
        raise refusal
    report_in = MemberReportIn(
        user=person,
        community=community,
        organization=organization,
        skills=skills,
        free_times=free_times,
        submitted_at=now,
    )
    try:
        with transaction.atomic():
            report_in.save()
    except IntegrityError as error:
        raise _already_waiting() from error
    _keep_posts(report_in, posts)
    audit.record("communities.member_report_in_submitted", target=report_in, by=by)
    notices.member_report_in_submitted(report_in)
    return report_in


def submit_refusal(
    person: User, community: Community | None, *, today: date
) -> MemberReportInRefused | None:
    """The first reason against reporting in, or None; without a community, anywhere."""
    if person.is_minor:
        return MemberReportInRefused(
            "minor",
            _("党员报到面向成年党员。欢迎您以志愿者身份参加社区的活动。"),
        )
    live = MemberReportIn.objects.filter(user=person)
    if live.filter(state__in=MemberReportIn.WAITING_STATES).exists():
        return _already_waiting()
    if community is None:
        return None
    if community.has_ended(today):
        return MemberReportInRefused(
            "community_ended",
            _("%(name)s%(end)s，请选择现在的社区。")
            % {"name": community.name, "end": community.end_label},
        )
    if live.filter(state=State.ACTIVE, community=community).exists():
        return MemberReportInRefused("already_active", _("您已在该社区报到。"))
    return None


def _already_waiting() -> MemberReportInRefused:
    return MemberReportInRefused(
        "already_waiting",
        _("您有一份报到正在办理，请等待签收；要换社区，请先撤回。"),
    )


@retried_atomic
def update_member_report_in(
    *,
    report_in: MemberReportIn,
    values: dict[str, Any],
    posts: Iterable[ServicePost] | None = None,
    by: User,
    now: datetime,
) -> MemberReportIn:
    """Save what the person changed; one that was returned is submitted again.

    `values` may hold organization, skills and free_times; `posts` None leaves them.
    Raises MemberReportInRefused when it is over.
    """
    if organization := values.get("organization"):
        values["organization"] = _lock_organization(organization.pk)
    report_in = _locked(report_in)
    if not report_in.is_live:
        raise MemberReportInRefused("over", _("这份报到已经结束，不能再修改。"))
    for name, value in values.items():
        setattr(report_in, name, value)
    if posts is not None:
        _keep_posts(report_in, posts)
    if report_in.state == State.RETURNED:
        report_in.move_to(State.SUBMITTED, by=by, submitted_at=now, **values)
        notices.member_report_in_submitted(report_in)
    else:
        report_in.save(update_fields=list(values))
        audit.record("communities.member_report_in_changed", target=report_in, by=by)
    return report_in


@retried_atomic
def sign_member_report_in(
    *, report_in: MemberReportIn, by: User, now: datetime
) -> MemberReportIn:
    """Take the person in: active from today, or from the first day not held yet.

    A person has one home on any day: the old one ends the day before. Who moves
    twice in a day starts in the second community on the day after. Raises
    MemberReportInRefused. Source: PRODUCT section 3, MemberReportIn.
    """
    report_in = _locked_to_answer(report_in, by)
    homes = MemberReportIn.objects.select_for_update(of=("self",))
    old = homes.filter(user=report_in.user_id, state=State.ACTIVE).first()
    starts_on = _first_free_day(report_in.user_id, old, timezone.localdate(now))
    if old is not None:
        old.move_to(State.TRANSFERRED, by=by, ends_on=starts_on - ONE_DAY)
    try:
        with transaction.atomic():
            report_in.move_to(
                State.ACTIVE,
                by=by,
                starts_on=starts_on,
                answered_at=now,
                answered_by=by,
                return_reason="",
            )
    except IntegrityError as error:
        raise MemberReportInRefused(
            "already_active", _("该党员刚刚在另一个社区报到，请刷新后再看。")
        ) from error
    notices.member_report_in_settled(report_in)
    notices.member_report_in_signed(report_in)
    return report_in


def _first_free_day(user_id: int, old: MemberReportIn | None, day: date) -> date:
    """The first day from `day` on that no earlier home of the person covers."""
    past = MemberReportIn.objects.filter(user=user_id, starts_on__isnull=False)
    last = past.aggregate(last=models.Max("ends_on"))["last"]
    days = [day]
    if last is not None:
        days.append(last + ONE_DAY)
    if old is not None:
        days.append(old.starts_on + ONE_DAY)
    return max(days)


@retried_atomic
def return_member_report_in(
    *, report_in: MemberReportIn, reason: str, by: User, now: datetime
) -> MemberReportIn:
    """Send it back to be mended; the person is told the reason.

    Raises MemberReportInRefused.
    """
    report_in = _locked_to_answer(report_in, by)
    report_in.move_to(
        State.RETURNED,
        by=by,
        reason=reason,
        answered_at=now,
        answered_by=by,
        return_reason=reason,
    )
    notices.member_report_in_settled(report_in)
    notices.member_report_in_returned(report_in)
    return report_in


@retried_atomic
def end_member_report_in(
    *, report_in: MemberReportIn, by: User, now: datetime
) -> MemberReportIn:
    """Withdraw what waits, or end what is active: the person's own act, any day.

    Raises MemberReportInRefused when it is over already.
    """
    report_in = _locked(report_in)
    if not report_in.is_live:
        raise MemberReportInRefused("over", _("这份报到已经结束。"))
    changes = {}
    if report_in.state == State.ACTIVE:
        changes["ends_on"] = max(timezone.localdate(now), report_in.starts_on)
    report_in.move_to(State.ENDED, by=by, **changes)
    notices.member_report_in_settled(report_in)
    return report_in


def _lock_community(pk: int) -> Community:
    return Community.objects.select_for_update(no_key=True).get(pk=pk)


def _lock_organization(pk: int) -> Organization:
    organization = Organization.objects.select_for_update(no_key=True).get(pk=pk)
    if organization.state != Organization.State.ACTIVE:
        raise MemberReportInRefused(
            "organization_over",
            _("%(name)s%(state)s，请重新选择党组织。")
            % {
                "name": organization.name,
                "state": organization.get_state_display(),
            },
        )
    return organization


def _locked(report_in: MemberReportIn) -> MemberReportIn:
    """The report-in read anew, with its community, person and itself locked."""
    _lock_community(report_in.community_id)
    lock_people([report_in.user_id])
    held = (
        MemberReportIn.objects.select_for_update(of=("self",))
        .select_related("user", "community", "organization")
        .get(pk=report_in.pk)
    )
    if held.community_id != report_in.community_id:
        raise MemberReportInRefused(
            "handed_over",
            _("这份报到刚刚转到%(community)s，请刷新后再看。")
            % {"community": held.community.name},
        )
    return held


def _locked_to_answer(report_in: MemberReportIn, by: User) -> MemberReportIn:
    report_in = _locked(report_in)
    if report_in.user_id == by.pk:
        raise MemberReportInRefused(
            "own", _("不能办理自己的报到，请由社区其他工作人员办理。")
        )
    if report_in.state != State.SUBMITTED:
        raise MemberReportInRefused(
            "not_waiting",
            _("这份报到的状态是“%(state)s”，不用再办理。")
            % {"state": report_in.get_state_display()},
        )
    return report_in


def _keep_posts(report_in: MemberReportIn, posts: Iterable[ServicePost]) -> None:
    own = [post for post in posts if post.community_id == report_in.community_id]
    report_in.posts.set(own)
