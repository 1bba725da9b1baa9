"""Messages about members' report-ins and service posts."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications import Message, notify, withdraw
from communities.models import (
    Community,
    MemberReportIn,
    Membership,
    PostHolding,
    ServicePost,
)

SUBMITTED = "member_report_in_submitted"


def officials_of(community: Community) -> Iterable[User]:
    """Who signs for the community today."""
    return User.objects.filter(
        is_active=True,
        pk__in=Membership.objects.active()
        .filter(role=Membership.Role.COMMUNITY, community=community)
        .values("user"),
    )


def member_report_in_submitted(report_in: MemberReportIn) -> None:
    """Tell the community's officials; mails do not name the person."""
    words = {"community": report_in.community.name}
    notify(
        Message(
            recipient_id=official.pk,
            kind=SUBMITTED,
            target=report_in,
            slot=report_in.submitted_at.isoformat(),
            title=_("党员报到待签收：%(community)s") % words,
            body=_("有一名党员向%(community)s报到，请核对后签收，或写明理由退回。")
            % words,
            path=report_in.get_absolute_url(),
            has_email=True,
        )
        for official in officials_of(report_in.community)
        if official.pk != report_in.user_id
    )


def member_report_in_settled(report_in: MemberReportIn) -> None:
    """Withdraw the mails that still ask the officials to answer."""
    withdraw(report_in, kinds=[SUBMITTED])


def member_report_in_signed(report_in: MemberReportIn) -> None:
    """Tell the person that their community has signed."""
    _tell(
        report_in,
        "member_report_in_signed",
        _("社区已签收您的报到：%(community)s"),
        _("%(community)s已签收您的报到。您可以认领社区的服务岗位，参加社区的活动。"),
    )


def member_report_in_returned(report_in: MemberReportIn) -> None:
    """Tell the person what to mend."""
    _tell(
        report_in,
        "member_report_in_returned",
        _("报到被退回：%(community)s"),
        _("%(community)s退回了您的报到。理由：%(reason)s。您可以修改后重新提交。"),
    )


def member_report_in_handed_over(report_in: MemberReportIn, *, old: Community) -> None:
    """Tell the person that their report-in went with the community to another."""
    _tell(
        report_in,
        "member_report_in_handed_over",
        _("您的报到已转到%(community)s"),
        _(
            "%(old)s的区划有调整，您的报到已由%(community)s承接，"
            "不用重新办理。如与居住地不符，请到“我的”页面更改。"
        ),
        old=old.name,
    )


def _tell(
    report_in: MemberReportIn, kind: str, title: str, body: str, *, old: str = ""
) -> None:
    words = {
        "community": report_in.community.name,
        "reason": report_in.return_reason.rstrip("。"),
        "old": old,
    }
    moment = report_in.answered_at or report_in.submitted_at
    notify(
        [
            Message(
                recipient_id=report_in.user_id,
                kind=kind,
                target=report_in,
                slot=f"{moment.isoformat()} {report_in.community_id}",
                title=title % words,
                body=body % words,
                path=report_in.get_absolute_url(),
                has_email=True,
            )
        ]
    )


def post_closed(post: ServicePost, holdings: Iterable[PostHolding]) -> None:
    """Tell those who held it that the post is no more."""
    words = {"post": post.title, "community": post.community.name}
    notify(
        Message(
            recipient_id=holding.user_id,
            kind="service_post_closed",
            target=post,
            title=_("服务岗位已关闭：%(post)s") % words,
            body=_("%(community)s的“%(post)s”岗位已关闭，您的认领随之结束。谢谢您。")
            % words,
            path=post.get_absolute_url(),
        )
        for holding in holdings
    )
