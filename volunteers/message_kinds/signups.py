"""Kinds of messages about one person's sign-up."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Placeholder, Text, Topic
from volunteers.message_kinds.placeholders import PLACE, SHIFT, WHEN
from volunteers.queries import still_true

KINDS = [
    Kind(
        code="signup_made",
        label=_("报名结果"),
        topic=Topic.SHIFTS,
        when=_("报名或进入候补时，通知本人结果和候补序号；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="place_offered",
        label=_("有名额请确认"),
        topic=Topic.SHIFTS,
        still_true=still_true.offers_open,
        when=_("名额空出、轮到候补的人时，通知本人在时限前确认；过时让给下一位。"),
        is_reminder=True,
        texts={
            "": Text(
                title=_("有名额了，请确认：%(shift)s"),
                body=_(
                    "“%(shift)s”为您保留了名额，请在 %(until)s 前确认，过时让给下一位。"
                    "时间：%(when)s，集合地点：%(place)s。"
                ),
                placeholders={
                    "shift": SHIFT,
                    "until": Placeholder(
                        label=_("确认时限"), sample=_("2026年4月29日 18:00")
                    ),
                    "when": WHEN,
                    "place": PLACE,
                },
            )
        },
    ),
    Kind(
        code="offer_lapsed",
        label=_("名额让给下一位"),
        topic=Topic.SHIFTS,
        when=_("保留的名额没有在时限内确认时，告诉本人已让给下一位；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="offer_taken_back",
        label=_("名额收回"),
        topic=Topic.SHIFTS,
        when=_("组织者减少名额、为候补的人保留的名额收回时，通知本人。"),
        must_arrive=True,
    ),
    Kind(
        code="offer_end_changed",
        label=_("确认名额的时限有变"),
        topic=Topic.SHIFTS,
        still_true=still_true.offers_held,
        when=_("班次改了时间、确认名额的时限随之变动时，通知名额为其保留的人。"),
    ),
    Kind(
        code="signup_moved",
        label=_("移入候补"),
        topic=Topic.SHIFTS,
        when=_("组织者减少名额、把已报名的人移入候补时，通知本人。"),
        must_arrive=True,
    ),
    Kind(
        code="signup_cancelled",
        label=_("报名被取消"),
        topic=Topic.SHIFTS,
        when=_(
            "组织者取消某人的报名，或风险等级调高、未成年人不能参加时，通知本人和原因。"
        ),
        must_arrive=True,
    ),
    Kind(
        code="place_taken_over",
        label=_("已有人替班"),
        topic=Topic.SHIFTS,
        when=_("不能来的人交出的名额有人接替时，通知交出名额的人不用再来。"),
        must_arrive=True,
    ),
    Kind(
        code="group_contact_left",
        label=_("同行联系人取消"),
        topic=Topic.SHIFTS,
        when=_(
            "团体联系人取消报名时，告诉同行的报名人自己的名额仍然有效；只进收件箱。"
        ),
        is_sent_out=False,
    ),
    Kind(
        code="companions_released",
        label=_("同行名额让出"),
        topic=Topic.SHIFTS,
        when=_("报名截止后，没有人确认的同行名额让给候补时，告诉联系人；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="guardian_agreed",
        label=_("监护人已同意"),
        topic=Topic.SHIFTS,
        when=_("监护人同意未成年人参加志愿服务时，告诉本人；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="guardian_took_back",
        label=_("监护人撤回同意"),
        topic=Topic.SHIFTS,
        when=_("监护人撤回同意时，通知未成年人本人；有报名随之取消的同时向外发送。"),
        must_arrive=True,
    ),
]
