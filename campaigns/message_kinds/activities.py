"""Kinds of messages about campaigns, activities, their partners and reviews."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Topic

KINDS = [
    Kind(
        code="campaign_closes",
        label=_("行动进入收尾"),
        topic=Topic.WORK,
        when=_("行动进入收尾时，告诉还有活动没有办完的单位负责人截止日；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="activity_reviewed",
        label=_("活动审核结果"),
        topic=Topic.WORK,
        when=_("文明办通过或退回活动时，通知提交人。"),
    ),
    Kind(
        code="activity_partner_invited",
        label=_("联办邀请"),
        topic=Topic.WORK,
        when=_("党组织邀请另一家联办活动时，通知被邀请一方的负责人。"),
    ),
    Kind(
        code="activity_partner_answered",
        label=_("联办答复"),
        topic=Topic.WORK,
        when=_("联办邀请被确认或谢绝时，通知发出邀请的人。"),
    ),
    Kind(
        code="activity_partner_withdrawn",
        label=_("联办撤回"),
        topic=Topic.WORK,
        when=_("联办撤回时，通知双方除经办人外的负责人；未发出的邀请作废。"),
        must_arrive=True,
    ),
]
