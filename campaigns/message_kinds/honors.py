"""Kinds of messages about honours, stories, and consents of people shown."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Lead, Placeholder, Text, Topic, Unit
from campaigns.queries import still_true

KINDS = [
    Kind(
        code="honor_check_due",
        label=_("年度复核将到期"),
        topic=Topic.HONORS,
        still_true=still_true.honor_checks_due,
        when=_("荣誉年度复核到期前若干天，提醒申报一方和文明办，每个期限一次。"),
        is_reminder=True,
        lead=Lead(
            setting="HONOR_CHECK_OPENS_DAYS", unit=Unit.DAYS, words=_("复核到期前")
        ),
        texts={
            "": Text(
                title=_("年度复核将到期：%(honor)s"),
                body=_("“%(honor)s”的年度复核须在%(due)s前完成。"),
                placeholders={
                    "honor": Placeholder(
                        label=_("荣誉名称"), sample=_("党员先锋岗 办事大厅窗口")
                    ),
                    "due": Placeholder(label=_("复核期限"), sample=_("2026年5月31日")),
                },
            )
        },
    ),
    Kind(
        code="honor_checked",
        label=_("荣誉通过核查"),
        topic=Topic.HONORS,
        when=_("文明办核查通过荣誉申报时，通知申报一方。"),
    ),
    Kind(
        code="honor_returned",
        label=_("荣誉申报退回"),
        topic=Topic.HONORS,
        when=_("文明办退回荣誉申报时，通知申报一方并说明理由。"),
    ),
    Kind(
        code="honor_rejected",
        label=_("荣誉申报未通过"),
        topic=Topic.HONORS,
        when=_("荣誉申报未通过时，通知申报一方并说明理由。"),
    ),
    Kind(
        code="honor_notice",
        label=_("荣誉开始公示"),
        topic=Topic.HONORS,
        when=_("荣誉开始公示时，通知申报一方公示到哪一天。"),
    ),
    Kind(
        code="honor_objection",
        label=_("公示有异议"),
        topic=Topic.HONORS,
        when=_("有人对公示提出异议时，通知文明办处理。"),
    ),
    Kind(
        code="honor_objection_answered",
        label=_("异议已处理"),
        topic=Topic.HONORS,
        when=_("公示异议处理后，通知提出异议的人。"),
    ),
    Kind(
        code="honor_awarded",
        label=_("荣誉已命名"),
        topic=Topic.HONORS,
        when=_("荣誉命名时，通知申报一方编号和年度复核的期限。"),
    ),
    Kind(
        code="honor_passed",
        label=_("年度复核合格"),
        topic=Topic.HONORS,
        when=_("年度复核合格时，通知申报一方下次复核的期限。"),
    ),
    Kind(
        code="honor_lapsed",
        label=_("荣誉失效"),
        topic=Topic.HONORS,
        when=_("荣誉放弃、复核不合格或逾期未复核而失效时，通知申报一方和文明办。"),
    ),
    Kind(
        code="honor_revoked",
        label=_("荣誉撤销"),
        topic=Topic.HONORS,
        when=_("荣誉被撤销时，通知申报一方和文明办。"),
    ),
    Kind(
        code="story_published",
        label=_("故事发布"),
        topic=Topic.HONORS,
        when=_("故事发布时，通知撰写和提交的人，经办人自己除外。"),
    ),
    Kind(
        code="story_returned",
        label=_("故事退回"),
        topic=Topic.HONORS,
        when=_("故事被退回时，通知撰写和提交的人并说明理由。"),
    ),
    Kind(
        code="story_taken_down",
        label=_("故事撤下"),
        topic=Topic.HONORS,
        when=_("故事被别人隐藏或撤下时，通知撰写和提交的人并说明理由。"),
    ),
    Kind(
        code="consent_withdrawn",
        label=_("展示同意撤回"),
        topic=Topic.HONORS,
        when=_(
            "被展示的人撤回同意时，通知保管内容的单位、社区负责人和登记人，不具名。"
        ),
    ),
]
