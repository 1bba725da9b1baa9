"""Kinds of messages about the report-ins of units and of members."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Lead, Placeholder, Text, Topic, Unit
from communities.queries import still_true

UNIT = Placeholder(label=_("单位名称"), sample=_("区财政局"))
COMMUNITY = Placeholder(label=_("社区名称"), sample=_("湖内社区"))
YEAR = Placeholder(label=_("年度"), sample=2026)

KINDS = [
    Kind(
        code="report_in_renewal",
        label=_("新年度单位报到"),
        topic=Topic.REPORT_INS,
        still_true=still_true.renewals_missing,
        for_groups=True,
        when=_(
            "报到年度结束前若干天起，提醒还没有办完下一年度报到的单位负责人，一次。"
        ),
        is_reminder=True,
        lead=Lead(
            setting="REPORT_IN_RENEWAL_DAYS",
            unit=Unit.DAYS,
            words=_("报到年度结束前"),
        ),
        texts={
            "": Text(
                title=_("%(year)d年度单位报到已可以办理"),
                body=_(
                    "自%(day)s起可以办理%(unit)s的%(year)d年度报到，"
                    "表格已按上一次报到预先填好，核对后提交即可。"
                ),
                placeholders={
                    "unit": UNIT,
                    "year": YEAR,
                    "day": Placeholder(
                        label=_("可以办理的日期"), sample=_("2025年12月2日")
                    ),
                },
            )
        },
    ),
    Kind(
        code="report_in_reminder",
        label=_("请单位报到"),
        topic=Topic.REPORT_INS,
        still_true=still_true.report_ins_missing,
        for_groups=True,
        when=_(
            "有权的人在未报到名单上提醒时，发给单位联络员；满若干个工作日仍未报到的，可再提醒上级。每级一次。"
        ),
        is_reminder=True,
        lead=Lead(
            setting="REPORT_IN_SUPERIOR_DAYS",
            unit=Unit.WORKING_DAYS,
            words=_("提醒联络员到提醒上级"),
        ),
        texts={
            "contact": Text(
                label=_("提醒单位联络员"),
                title=_("请到%(community)s报到"),
                body=_(
                    "%(unit)s还没有完成向%(community)s的%(year)d年度报到，"
                    "请尽快提交报到单。"
                ),
                placeholders={"unit": UNIT, "community": COMMUNITY, "year": YEAR},
            ),
            "superior": Text(
                label=_("请上级党组织督促"),
                title=_("请督促%(unit)s报到"),
                body=_(
                    "经提醒，%(unit)s仍没有完成向%(community)s的%(year)d年度报到，"
                    "请予以督促。"
                ),
                placeholders={"unit": UNIT, "community": COMMUNITY, "year": YEAR},
            ),
        },
    ),
    Kind(
        code="report_in_submitted",
        label=_("单位报到待签收"),
        topic=Topic.REPORT_INS,
        for_groups=True,
        when=_("单位提交报到单时，通知社区负责人签收或退回。"),
    ),
    Kind(
        code="report_in_answered",
        label=_("单位报到有答复"),
        topic=Topic.REPORT_INS,
        when=_("社区签收或退回报到单时，通知提交人和单位负责人。"),
    ),
    Kind(
        code="member_report_in_submitted",
        label=_("党员报到待签收"),
        topic=Topic.REPORT_INS,
        when=_("党员向社区报到时，通知社区负责人签收；签收或退回后未发出的作废。"),
    ),
    Kind(
        code="member_report_in_signed",
        label=_("报到已签收"),
        topic=Topic.REPORT_INS,
        when=_("社区签收党员报到时，通知本人。"),
    ),
    Kind(
        code="member_report_in_returned",
        label=_("报到被退回"),
        topic=Topic.REPORT_INS,
        when=_("社区退回党员报到时，通知本人并说明理由。"),
    ),
    Kind(
        code="member_report_in_handed_over",
        label=_("报到转到新社区"),
        topic=Topic.REPORT_INS,
        when=_("社区合并、撤销等区划调整、报到由另一社区承接时，通知本人。"),
    ),
    Kind(
        code="service_post_closed",
        label=_("服务岗位关闭"),
        topic=Topic.COMMUNITY,
        when=_("社区关闭服务岗位时，告诉认领岗位的人；只进收件箱。"),
        is_sent_out=False,
    ),
]
