"""Kinds of messages about whistles to the organisations."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Topic

KINDS = [
    Kind(
        code="whistle_extension_answered",
        label=_("延期答复"),
        topic=Topic.WHISTLES,
        when=_("社区答复延期申请时，通知承办党组织的负责人。"),
    ),
    Kind(
        code="whistle_reopened",
        label=_("须重新办理"),
        topic=Topic.WHISTLES,
        when=_("社区要求重新办理时，通知已交付的党组织负责人和新的期限。"),
    ),
    Kind(
        code="whistle_rated",
        label=_("吹哨已评价"),
        topic=Topic.WHISTLES,
        when=_("社区评价办结时，告诉参与办理的党组织负责人；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="whistle_merged",
        label=_("吹哨并单"),
        topic=Topic.WHISTLES,
        when=_("吹哨并入另一单时，通知不用再办的党组织负责人；社区一方只进收件箱。"),
        must_arrive=True,
    ),
    Kind(
        code="whistle_took_in",
        label=_("并入一单"),
        topic=Topic.WHISTLES,
        when=_("另一单并入时，告诉本单的社区和承办党组织的负责人；只进收件箱。"),
        is_sent_out=False,
    ),
    Kind(
        code="whistle_released",
        label=_("解除派单"),
        topic=Topic.WHISTLES,
        when=_("派单解除时，通知党组织负责人不用再办。"),
        must_arrive=True,
    ),
    Kind(
        code="whistle_withdrawn",
        label=_("吹哨撤回"),
        topic=Topic.WHISTLES,
        when=_("社区撤回吹哨时，通知不用再办的党组织负责人；待派单的街道只进收件箱。"),
        must_arrive=True,
    ),
]
