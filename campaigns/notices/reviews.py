"""Messages about reviews: to whom, which words, which link."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from campaigns.models import Activity, Review


def activity_reviewed(review: Review) -> None:
    """Tell the person who submitted it what the office decided."""
    activity = review.activity
    if activity.submitted_by_id is None:
        return
    if review.decision == Review.Decision.APPROVED:
        title = _("活动已通过审核：%(title)s")
        body = _("您提交的活动“%(title)s”已通过文明办审核。")
    else:
        title = _("活动被退回：%(title)s")
        body = _("您提交的活动“%(title)s”被退回，理由：%(reason)s。请修改后重新提交。")
    words = {"title": activity.title, "reason": review.reason.rstrip("。")}
    notify(
        [
            Message(
                recipient_id=activity.submitted_by_id,
                kind="activity_reviewed",
                target=review,
                title=title % words,
                body=body % words,
                path=_path(activity),
                has_email=True,
            )
        ]
    )


def _path(activity: Activity) -> str:
    return reverse("campaigns:activity_detail", args=[activity.pk])
