"""Kinds of messages about settled shifts, hours and certificates."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Lead, Placeholder, Text, Topic, Unit
from volunteers.message_kinds.placeholders import SHIFT, WHEN
from volunteers.queries import still_true

KINDS = [
    Kind(
        code="settlement_reminder",
        label=_("请结算班次"),
        topic=Topic.HOURS,
        still_true=still_true.shifts_to_settle,
        for_groups=True,
        for_officials=True,
        when=_("班次结束后第若干个工作日仍未结算的，提醒举办党组织或其上级的负责人。"),
        is_reminder=True,
        lead=Lead(
            setting="SETTLE_REMINDER_DAYS",
            unit=Unit.WORKING_DAYS,
            words=_("班次结束后"),
            is_list=True,
        ),
        texts={
            "": Text(
                label=_("有办理期限"),
                title=_("请结算班次：%(shift)s"),
                body=_("“%(shift)s”（%(when)s）还没有结算，请在 %(due)s 前办理。"),
                placeholders={
                    "shift": SHIFT,
                    "when": WHEN,
                    "due": Placeholder(label=_("办理期限"), sample=_("2026年5月18日")),
                },
            ),
            "undated": Text(
                label=_("缺少工作日历，算不出期限"),
                title=_("请结算班次：%(shift)s"),
                body=_("“%(shift)s”（%(when)s）还没有结算，请尽快办理。"),
                placeholders={"shift": SHIFT, "when": WHEN},
            ),
        },
    ),
    Kind(
        code="signup_settled",
        label=_("班次已结算"),
        topic=Topic.HOURS,
        when=_("班次结算时，告诉每个报名人登记的结果和如何提出异议；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="signup_excused",
        label=_("已记为请假"),
        topic=Topic.HOURS,
        when=_("组织者把临时取消或缺席记为请假时，告诉本人。"),
    ),
    Kind(
        code="record_confirmed",
        label=_("时长已确认"),
        topic=Topic.HOURS,
        when=_("等待审核的服务时长得到确认时，通知本人。"),
    ),
    Kind(
        code="record_rejected",
        label=_("时长未通过"),
        topic=Topic.HOURS,
        when=_("等待审核的服务时长没有通过时，通知本人并说明意见。"),
    ),
    Kind(
        code="record_corrected",
        label=_("时长已更正"),
        topic=Topic.HOURS,
        when=_("服务时长被更正时，通知本人更正后的时长和理由。"),
    ),
    Kind(
        code="record_voided",
        label=_("时长已作废"),
        topic=Topic.HOURS,
        when=_("服务时长被作废时，通知本人并说明理由。"),
    ),
    Kind(
        code="late_entry_claimed",
        label=_("补录待审核"),
        topic=Topic.HOURS,
        for_officials=True,
        when=_("志愿者申请补录时长时，通知举办党组织或其上级的负责人审核。"),
    ),
    Kind(
        code="dispute_opened",
        label=_("时长异议"),
        topic=Topic.HOURS,
        for_officials=True,
        when=_("志愿者对登记提出异议时，通知举办党组织或其上级的负责人答复。"),
    ),
    Kind(
        code="dispute_answered",
        label=_("异议答复"),
        topic=Topic.HOURS,
        when=_("时长异议得到答复时，通知提出异议的人。"),
    ),
    Kind(
        code="certificate_revoked",
        label=_("证明已撤销"),
        topic=Topic.HOURS,
        when=_("志愿服务证明被撤销时，通知持有人并说明原因。"),
    ),
]
