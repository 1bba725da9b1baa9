"""Messages about families and branches that come together."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from volunteers.models import Signup, SignupGroup
from volunteers.notices.signups import when


def contact_left(group: SignupGroup, signups: Iterable[Signup]) -> None:
    """Tell who joined a group that its contact will not come; they keep their place."""
    words = {"shift": str(group.shift), "when": when(group.shift)}
    notify(
        Message(
            recipient_id=signup.volunteer.user_id,
            kind="group_contact_left",
            target=signup,
            title=_("同行联系人已取消报名：%(shift)s") % words,
            body=_(
                "“%(shift)s”（%(when)s）的团体联系人已取消报名。您自己的报名仍然有效；"
                "不能来请及时取消。"
            )
            % words,
            path=group.shift.get_absolute_url(),
        )
        for signup in signups
    )


def companions_released(signup: Signup, count: int) -> None:
    """Tell the contact that places nobody was named for are given to others."""
    words = {"shift": str(signup.shift), "count": count}
    notify(
        [
            Message(
                recipient_id=signup.volunteer.user_id,
                kind="companions_released",
                target=signup,
                title=_("未确认的同行名额已让出：%(shift)s") % words,
                body=_(
                    "报名已截止，“%(shift)s”有 %(count)d 个同行名额没有人确认，"
                    "已让给候补的人。您和已确认的同行人不受影响。"
                )
                % words,
                path=signup.shift.get_absolute_url(),
            )
        ]
    )
