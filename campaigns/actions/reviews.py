"""Writes of the office's review: approve or return, one activity or several."""

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.actions.activities import (
    ActivityRefused,
    check_campaign,
    locked_activity,
)
from campaigns.actions.task_reopening import reopen_assignments_of
from campaigns.models import Activity, Field, Review, ReviewPoint
from campaigns.notices.reviews import activity_reviewed
from campaigns.queries.reviews import evidence_numbers
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

State = Activity.State
OWN = gettext_lazy("不能审核自己提交或记录的活动。")
LONGEST_POINT = 200
LONGEST_WHOLE = 500


@dataclass(frozen=True)
class Point:
    """One thing to mend: the part it speaks of, perhaps a photo, and the words."""

    field: str
    text: str
    evidence_id: int | None = None


@dataclass(frozen=True)
class Refused:
    """An activity that was not decided with the others, and why."""

    activity: Activity
    text: str


@retried_atomic
def review_activity(
    *,
    activity: Activity,
    decision: str,
    reason: str = "",
    points: Iterable[Point] = (),
    turn: int | None = None,
    by: User,
) -> Review:
    """Approve a submitted activity, or return it with what is to be mended.

    Of a return, `reason` becomes a last point without a field; `Review.reason` then
    holds all points in one text. With `turn`, the number of reviews the decision
    knows of, nothing is decided about a later submission than the one looked at.
    Raises ActivityRefused when it does not wait for review any more, when the
    reviewer created it or ever submitted it, or when a return names nothing to mend.
    """
    activity = locked_activity(activity)
    is_as_seen = turn is None or activity.reviews.count() == turn
    _check_reviewable(activity, is_as_seen=is_as_seen, by=by)
    if audit.was_done_by(activity, "campaigns.activity_submitted", by):
        raise ActivityRefused(OWN)  # it was returned, and a colleague mended it
    points, reason = _checked_points(decision, reason, points)
    numbers = _numbers_of_evidence(activity, points)
    review = Review.objects.create(
        activity=activity,
        decision=decision,
        reason=_whole(points, numbers) or reason,
        reviewed_by=by,
    )
    ReviewPoint.objects.bulk_create(
        ReviewPoint(
            review=review,
            field=point.field,
            text=point.text,
            evidence_id=point.evidence_id,
        )
        for point in points
    )
    changes = {"reviewed_at": review.reviewed_at}
    if decision == Review.Decision.APPROVED and activity.campaign.is_frozen:
        changes["in_addendum"] = True  # the frozen figures do not know it
    activity.move_to(State(decision), by=by, reason=review.reason, **changes)
    if review.decision == Review.Decision.RETURNED:
        reopen_assignments_of(activity, by)
    activity_reviewed(review)
    return review


def refusal_to_review(activity: Activity, *, is_as_seen: bool = True, by: User) -> str:
    """Why review_activity would refuse this person now; empty when it would not."""
    try:
        _check_reviewable(activity, is_as_seen=is_as_seen, by=by)
    except ActivityRefused as error:
        return str(error)
    return ""


def review_several(
    *,
    activities: Iterable[tuple[Activity, int | None]],
    decision: str,
    reason: str = "",
    points: Collection[Point] = (),
    by: User,
) -> tuple[list[Review], list[Refused]]:
    """Decide several activities alike, each in a transaction of its own.

    Takes pairs of an activity and its turn (see review_activity). Returns the reviews
    and what was refused, with the text for the reviewer; one does not hold up
    another.
    """
    activities = list(activities)
    reviews, refused = [], []
    with _line_above(activities, decision, by):
        for activity, turn in activities:
            try:
                review = review_activity(
                    activity=activity,
                    decision=decision,
                    reason=reason,
                    points=points,
                    turn=turn,
                    by=by,
                )
            except RuleError as error:
                refused.append(Refused(activity, str(error)))
            else:
                reviews.append(review)
    return reviews, refused


def _line_above(
    activities: Collection[object], decision: str, by: User
) -> AbstractContextManager[None]:
    """The audit line of several decisions; a single one needs none above it."""
    if len(activities) < 2:
        return nullcontext()
    return audit.batch(
        "campaigns.activity_handled",
        target=Activity,
        by=by,
        decision=decision,
        count=len(activities),
    )


def _check_reviewable(activity: Activity, *, is_as_seen: bool, by: User) -> None:
    check_campaign(activity)
    if activity.state != State.SUBMITTED:
        raise ActivityRefused(_("该活动已不在待审核状态，请刷新页面。"))
    if by.pk in {activity.submitted_by_id, activity.created_by_id}:
        raise ActivityRefused(OWN)
    if not is_as_seen:
        raise ActivityRefused(_("该活动修改后已重新提交，请看过新内容再审核。"))


def _checked_points(
    decision: str, reason: str, points: Iterable[Point]
) -> tuple[list[Point], str]:
    """The points, the reason among them when it is a return."""
    points, reason = list(points), reason.strip()
    if decision == Review.Decision.APPROVED:
        if points:
            raise ActivityRefused(_("通过时不能附修改意见，请先清除意见，或者退回。"))
        return [], reason
    if reason:
        points.append(Point(Field.OTHER, reason))
    if not points:
        raise ActivityRefused(_("退回时必须写明理由。"))
    if any(len(point.text) > LONGEST_POINT for point in points):
        raise ActivityRefused(
            _("每条意见不超过 %(most)d 字。") % {"most": LONGEST_POINT}
        )
    return points, reason


def _numbers_of_evidence(activity: Activity, points: list[Point]) -> dict[int, int]:
    """The place of each photo or file spoken of, counted from 1 as the page does."""
    wanted = {point.evidence_id for point in points} - {None}
    if not wanted:
        return {}
    numbers = evidence_numbers(activity)
    if wanted - set(numbers):
        raise ActivityRefused(_("意见所指的照片不在这项活动中，请刷新页面。"))
    return numbers


def _whole(points: list[Point], numbers: dict[int, int]) -> str:
    """All points as one text, for the history and the notice."""
    whole = "；".join(_labelled(point, numbers) for point in points)
    return whole if len(whole) <= LONGEST_WHOLE else f"{whole[: LONGEST_WHOLE - 1]}…"


def _labelled(point: Point, numbers: dict[int, int]) -> str:
    text = point.text.strip().rstrip("。；")
    if point.evidence_id is not None:
        words = {"label": Field(point.field).label}
        words |= {"number": numbers[point.evidence_id], "text": text}
        return _("%(label)s %(number)d：%(text)s") % words
    if point.field == Field.OTHER:
        return text
    return _("%(label)s：%(text)s") % {
        "label": Field(point.field).label,
        "text": text,
    }
