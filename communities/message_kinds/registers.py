"""Kinds of messages about agreements and about changes of the registers."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Lead, Placeholder, Text, Topic, Unit
from communities.queries import still_true

KINDS = [
    Kind(
        code="agreement_ends",
        label=_("共建协议到期"),
        topic=Topic.COMMUNITY,
        still_true=still_true.agreements_ending,
        for_groups=True,
        when=_(
            "共建协议到期前若干天，仍未续签的，提醒单位和社区双方的负责人；改了到期日的重新提醒。"
        ),
        is_reminder=True,
        lead=Lead(
            setting="AGREEMENT_ENDING_DAYS", unit=Unit.DAYS, words=_("协议到期前")
        ),
        texts={
            "": Text(
                title=_("共建协议将于%(day)s到期"),
                body=_(
                    "%(unit)s与%(community)s的“%(title)s”将于%(day)s到期，"
                    "双方商定后可以在协议页面登记续签。"
                ),
                placeholders={
                    "title": Placeholder(
                        label=_("协议名称"), sample=_("2026年共建协议")
                    ),
                    "unit": Placeholder(label=_("单位名称"), sample=_("区财政局")),
                    "community": Placeholder(label=_("社区名称"), sample=_("湖内社区")),
                    "day": Placeholder(label=_("到期日"), sample=_("2026年5月31日")),
                },
            )
        },
    ),
    Kind(
        code="register_change_failed",
        label=_("名册变更未生效"),
        topic=Topic.PORTAL,
        when=_("预先登记的名册变更到日未能执行时，通知登记的人并说明原因。"),
    ),
]
