"""Kinds of messages that the clocks of whistles send."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Lead, Placeholder, Text, Topic, Unit
from campaigns.queries import still_true

WHISTLE = Placeholder(label=_("吹哨事项"), sample=_("楼道杂物清理"))
COMMUNITY = Placeholder(label=_("社区名称"), sample=_("湖内社区"))
DUE = Placeholder(label=_("期限"), sample=_("2026年5月8日 17:30"))
NAME = Placeholder(label=_("党组织名称"), sample=_("区财政局机关党支部"))
OVERDUE = {"whistle": WHISTLE, "community": COMMUNITY, "due": DUE}
OVERDUE_UNIT = OVERDUE | {"organization": NAME}

KINDS = [
    Kind(
        code="whistle_asked",
        label=_("吹哨请接单"),
        topic=Topic.WHISTLES,
        still_true=still_true.answers_awaited,
        for_groups=True,
        when=_("吹哨交给党组织时，通知其负责人在期限前接单或退单；解除派单后作废。"),
        is_reminder=True,
        texts={
            "": Text(
                title=_("社区吹哨，请接单：%(whistle)s"),
                body=_(
                    "%(community)s吹哨“%(whistle)s”%(urgency)s，请%(name)s于%(due)s前"
                    "接单或退单。"
                ),
                placeholders={
                    **OVERDUE,
                    "urgency": Placeholder(
                        label=_("紧急程度，一般的不写"), sample=_("（紧急）")
                    ),
                    "name": NAME,
                },
            )
        },
    ),
    Kind(
        code="whistle_overdue",
        label=_("吹哨超时"),
        topic=Topic.WHISTLES,
        still_true=still_true.clocks_overdue,
        for_groups=True,
        when=_(
            "派单、响应或办结超时的，先通知责任一方，每隔若干个工作小时再通知街道和文明办。"
        ),
        is_reminder=True,
        lead=Lead(
            setting="WHISTLE_OVERDUE_STEP_HOURS",
            unit=Unit.WORKING_HOURS,
            words=_("逐级提醒间隔"),
        ),
        texts={
            "dispatch": Text(
                label=_("派单超时"),
                title=_("吹哨待派单已超时：%(whistle)s"),
                body=_(
                    "%(community)s的吹哨“%(whistle)s”应于%(due)s前派单，请尽快派单。"
                ),
                placeholders=OVERDUE,
            ),
            "asked_own": Text(
                label=_("响应超时，通知承办党组织"),
                title=_("吹哨响应已超时：%(whistle)s"),
                body=_(
                    "%(community)s的吹哨“%(whistle)s”应于%(due)s前响应，"
                    "%(organization)s尚未接单，请尽快接单。"
                ),
                placeholders=OVERDUE_UNIT,
            ),
            "asked_above": Text(
                label=_("响应超时，通知街道和文明办"),
                title=_("吹哨响应已超时：%(whistle)s"),
                body=_(
                    "%(community)s的吹哨“%(whistle)s”应于%(due)s前响应，"
                    "%(organization)s尚未接单，请予以督促。"
                ),
                placeholders=OVERDUE_UNIT,
            ),
            "handling_own": Text(
                label=_("办理超时，通知承办党组织"),
                title=_("吹哨办理已超时：%(whistle)s"),
                body=_(
                    "%(community)s的吹哨“%(whistle)s”应于%(due)s前办结，"
                    "%(organization)s尚未交付，请尽快办理。"
                ),
                placeholders=OVERDUE_UNIT,
            ),
            "handling_above": Text(
                label=_("办理超时，通知街道和文明办"),
                title=_("吹哨办理已超时：%(whistle)s"),
                body=_(
                    "%(community)s的吹哨“%(whistle)s”应于%(due)s前办结，"
                    "%(organization)s尚未交付，请予以督促。"
                ),
                placeholders=OVERDUE_UNIT,
            ),
        },
    ),
    Kind(
        code="whistle_rating_due",
        label=_("请确认并评价吹哨"),
        topic=Topic.WHISTLES,
        still_true=still_true.ratings_awaited,
        for_groups=True,
        when=_(
            "吹哨交付后，确认期限只剩一个工作日仍未确认的，提醒社区负责人，每次交付一次。"
        ),
        is_reminder=True,
        texts={
            "": Text(
                title=_("请确认并评价：%(whistle)s"),
                body=_(
                    "吹哨“%(whistle)s”已交付，请于%(due)s前确认办结并评价，"
                    "或要求重新办理；到期未评价的自动办结，不计入评价。"
                ),
                placeholders=OVERDUE,
            )
        },
    ),
    Kind(
        code="whistle_unrated",
        label=_("吹哨自动办结"),
        topic=Topic.WHISTLES,
        for_groups=True,
        when=_("到期未评价、吹哨自动办结时，通知社区负责人。"),
    ),
    Kind(
        code="whistle_handed_on",
        label=_("承接吹哨"),
        topic=Topic.WHISTLES,
        still_true=still_true.responses_open,
        for_groups=True,
        when=_("党组织合并等调整后，通知承接吹哨的党组织负责人，时限不变。"),
    ),
]
