"""Kinds of messages about a shift: to come, changed, cancelled, short of people."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Lead, Placeholder, Text, Topic, Unit
from volunteers.message_kinds.placeholders import PLACE, REASON, SHIFT, WHEN
from volunteers.queries import still_true

KINDS = [
    Kind(
        code="shift_reminder",
        label=_("活动提醒"),
        topic=Topic.SHIFTS,
        still_true=still_true.places_to_come,
        when=_(
            "班次开始前若干小时，提醒届时仍有名额的报名人；已取消的不提醒，改了时间的按新时间提醒。"
        ),
        is_reminder=True,
        lead=Lead(
            setting="SHIFT_REMINDER_HOURS",
            unit=Unit.HOURS,
            words=_("班次开始前"),
            is_list=True,
        ),
        texts={
            "": Text(
                title=_("活动提醒：%(shift)s"),
                body=_(
                    "您报名的“%(shift)s”即将开始，时间：%(when)s，集合地点：%(place)s。"
                    "如不能参加，请及时取消，把名额让给候补的人。"
                ),
                placeholders={"shift": SHIFT, "when": WHEN, "place": PLACE},
            )
        },
    ),
    Kind(
        code="shift_understaffed",
        label=_("人手不足"),
        topic=Topic.SHIFTS,
        still_true=still_true.shifts_lacking_people,
        for_groups=True,
        for_officials=True,
        when=_(
            "班次开始前若干小时，报名人数仍少于最低人数的，通知举办党组织的负责人。"
        ),
        is_reminder=True,
        lead=Lead(
            setting="UNDERSTAFFED_HOURS",
            unit=Unit.HOURS,
            words=_("班次开始前"),
            is_list=True,
        ),
        texts={
            "": Text(
                title=_("人手不足：%(shift)s"),
                body=_(
                    "“%(shift)s”（%(when)s）至少需要 %(minimum)d 人，"
                    "现有 %(taken)d 人。可以邀请志愿者、延长报名，或者取消班次。"
                ),
                placeholders={
                    "shift": SHIFT,
                    "when": WHEN,
                    "minimum": Placeholder(label=_("最低人数"), sample=8),
                    "taken": Placeholder(label=_("现有人数"), sample=5),
                },
            )
        },
    ),
    Kind(
        code="shift_cancelled",
        label=_("班次取消"),
        topic=Topic.SHIFTS,
        when=_("班次取消时，通知所有已报名和候补的人，每人一次。"),
        must_arrive=True,
        texts={
            "": Text(
                title=_("班次取消：%(shift)s"),
                body=_("您报名的“%(shift)s”（%(when)s）已取消。原因：%(reason)s"),
                placeholders={"shift": SHIFT, "when": WHEN, "reason": REASON},
            )
        },
    ),
    Kind(
        code="activity_cancelled",
        label=_("活动取消"),
        topic=Topic.SHIFTS,
        when=_("活动取消时，通知各班次已报名和候补的人；报了几个班次也只通知一次。"),
        must_arrive=True,
        texts={
            "": Text(
                title=_("活动取消：%(activity)s"),
                body=_("您报名的“%(activity)s”已取消：%(shifts)s。原因：%(reason)s"),
                placeholders={
                    "activity": Placeholder(
                        label=_("活动名称"), sample=_("湖内社区环境整治")
                    ),
                    "shifts": Placeholder(
                        label=_("本人报名的各班次"),
                        sample=_("上午班（5月1日（周五）09:00–11:00）"),
                    ),
                    "reason": REASON,
                },
            )
        },
    ),
    Kind(
        code="shift_changed",
        label=_("班次变动"),
        topic=Topic.SHIFTS,
        when=_("班次改了时间或地点时，通知已报名和候补的人；按原时间的提醒作废。"),
        must_arrive=True,
        texts={
            "": Text(
                title=_("班次有变动：%(shift)s"),
                body=_(
                    "“%(shift)s”的安排已变动，时间：%(when)s，集合地点：%(place)s。"
                ),
                placeholders={"shift": SHIFT, "when": WHEN, "place": PLACE},
            )
        },
    ),
    Kind(
        code="shift_clash",
        label=_("时间冲突"),
        topic=Topic.SHIFTS,
        when=_("班次改了时间后与本人已报名的另一个班次冲突时，通知本人取消其中一个。"),
    ),
    Kind(
        code="shift_message",
        label=_("组织者通知"),
        topic=Topic.SHIFTS,
        when=_("组织者给班次的报名人群发通知时，发给所选的报名人。"),
    ),
    Kind(
        code="people_wanted",
        label=_("召集人手"),
        topic=Topic.SHIFTS,
        when=_(
            "单位为吹哨召集人手时，邀请住在附近的党员参加；不回复也可以，只进收件箱。"
        ),
        is_sent_out=False,
    ),
    Kind(
        code="invitation",
        label=_("班次邀请"),
        topic=Topic.SHIFTS,
        when=_("组织者邀请志愿者参加班次时，发给被邀请的人；只进收件箱。"),
        is_sent_out=False,
    ),
]
