"""Kinds of messages about micro-wishes."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Topic

KINDS = [
    Kind(
        code="wish_claimed",
        label=_("微心愿有人认领"),
        topic=Topic.COMMUNITY,
        when=_("微心愿被认领时，通知社区负责人；认领的居民不具名。"),
    ),
    Kind(
        code="wish_claim_withdrawn",
        label=_("微心愿重新开放"),
        topic=Topic.COMMUNITY,
        when=_("认领人放弃认领时，通知社区负责人心愿已重新开放。"),
    ),
    Kind(
        code="wish_delivered",
        label=_("微心愿待确认"),
        topic=Topic.COMMUNITY,
        when=_("认领人送达时，通知社区负责人确认或退回。"),
    ),
    Kind(
        code="wish_expired",
        label=_("微心愿过期"),
        topic=Topic.COMMUNITY,
        when=_("微心愿到期无人认领、自动关闭时，通知社区负责人。"),
    ),
    Kind(
        code="wish_confirmed",
        label=_("微心愿已实现"),
        topic=Topic.COMMUNITY,
        when=_("社区确认微心愿实现时，通知认领人。"),
    ),
    Kind(
        code="wish_returned",
        label=_("微心愿被退回"),
        topic=Topic.COMMUNITY,
        when=_("社区认为微心愿还没有办好时，通知认领人并说明理由。"),
    ),
    Kind(
        code="wish_withdrawn",
        label=_("微心愿撤回"),
        topic=Topic.COMMUNITY,
        when=_("社区撤回微心愿时，通知认领人不用再办。"),
        must_arrive=True,
    ),
    Kind(
        code="wish_claim_released",
        label=_("微心愿认领解除"),
        topic=Topic.COMMUNITY,
        when=_("社区把已认领的微心愿重新开放时，通知原认领人不用再办。"),
        must_arrive=True,
    ),
]
