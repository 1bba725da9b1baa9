"""Kinds of messages about whistles to the community and the street."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Topic
from campaigns.queries import still_true

KINDS = [
    Kind(
        code="whistle_issued",
        label=_("吹哨待派单"),
        topic=Topic.WHISTLES,
        for_groups=True,
        when=_("社区吹哨请街道派单时，通知街道负责人和派单期限。"),
    ),
    Kind(
        code="whistle_waits_again",
        label=_("吹哨须重新派单"),
        topic=Topic.WHISTLES,
        when=_("退单或解除后没有单位办理时，通知街道负责人重新派单，经办人自己除外。"),
    ),
    Kind(
        code="whistle_accepted",
        label=_("吹哨已接单"),
        topic=Topic.WHISTLES,
        when=_("党组织接单时，告诉社区负责人，由街道派单的也告诉街道；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="whistle_returned",
        label=_("吹哨被退单"),
        topic=Topic.WHISTLES,
        when=_(
            "党组织退单时，须另选单位的通知社区负责人；还有单位办理的只进派单一方的收件箱。"
        ),
    ),
    Kind(
        code="whistle_sent_back",
        label=_("吹哨被退回"),
        topic=Topic.WHISTLES,
        when=_("街道退回吹哨时，通知社区负责人补充或撤回。"),
    ),
    Kind(
        code="whistle_logged",
        label=_("办理有进展"),
        topic=Topic.WHISTLES,
        when=_("党组织填写办理进展时，告诉社区负责人；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="whistle_people_asked",
        label=_("正在召集人手"),
        topic=Topic.WHISTLES,
        when=_("党组织为吹哨召集人手时，告诉社区负责人；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="whistle_extension_asked",
        label=_("申请延期"),
        topic=Topic.WHISTLES,
        when=_("党组织申请延期时，通知社区负责人答复。"),
    ),
    Kind(
        code="whistle_part_delivered",
        label=_("一家单位已交付"),
        topic=Topic.WHISTLES,
        when=_("一家党组织已交付、其他仍在办理时，告诉社区负责人；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="whistle_delivered",
        label=_("吹哨已交付"),
        topic=Topic.WHISTLES,
        still_true=still_true.ratings_open,
        for_groups=True,
        when=_("吹哨全部交付时，通知社区负责人确认评价或要求重新办理。"),
    ),
]
