"""Demonstration papers of the campaign: letter, templates, convention, tasks.

The words are ours and plainly an example; the district's own papers take their place.
"""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.actions.conventions import draft_convention, publish_convention
from campaigns.actions.documents import create_document, publish_document
from campaigns.actions.task_issuing import issue_task
from campaigns.actions.tasks import link_activity, report_progress
from campaigns.models import (
    Activity,
    ActivityTemplate,
    Campaign,
    CampaignDocument,
    Convention,
    Initiative,
    Task,
)
from communities.models import Organization
from xiangcheng_portal.demo.people import UNIT

LETTER = """## 致区直机关各级党组织和广大党员

这是一份**示例倡议书**，只用来演示页面；正式文本由区直机关工委和区文明办印发。

1. 深化认识、营造氛围：把学习传达做到每个支部，把宣传延伸到“最后一公里”。
2. 履职尽责、提升效能：把本职工作与创城结合起来，为群众办实事。
3. 崇德向善、引领风尚：遵守市民文明公约，口中、手上、脚下有文明。
4. 带动家庭、参与创建：从小家到大家，带动家人一起参与社区建设。
5. 志愿服务、助力基层：单位挂钩社区，党员到社区报到。

> 走在前、作表率，从家门口的一件小事做起。
"""
STANDARD = """本页演示“测评标准”类文件怎样展示。

| 序号 | 内容 | 佐证 |
|---|---|---|
| 1 | 支部学习传达 | 照片和学习情况 |
| 2 | 为群众办实事 | 承诺、期限和结果 |
| 3 | 志愿服务 | 班次和照片 |
"""
CONVENTION = """这是**示例公约**，正式文本由区文明办发布。

1. 言语文明，待人有礼；
2. 爱护环境，垃圾分类；
3. 礼让行人，有序停车；
4. 孝老爱亲，邻里互助；
5. 诚实守信，热心公益。
"""
# Initiative, name, title, text, minutes.
TEMPLATES = [
    (
        "学习传达到支部",
        "支部集中学习",
        "支部学习《市民文明公约》",
        "集中学习文明公约，结合岗位谈做法，形成可以照着做的几件小事。",
        90,
    ),
    (
        "宣传发动",
        "进社区宣传",
        "创城知识进楼道",
        "逐户讲解创城知识，发放宣传单，听取居民意见。",
        120,
    ),
    (
        "我为群众办实事",
        "办一件实事",
        "为居民办一件实事",
        "写明居民反映的问题、我们的承诺和办理的结果。",
        180,
    ),
]
TARGETS = {"学习传达到支部": (1, "month"), "我为群众办实事": (1, "quarter")}
# Initiative, title, text, days until due.
TASKS = [
    ("宣传发动", "春节前集中宣传", "每个单位到挂钩社区开展一次宣传。", 9),
    ("学习传达到支部", "学习传达测评要求", "以支部为单位学习，附照片。", 20),
]


def make_papers(campaign: Campaign, *, office: User) -> None:
    """The letter and a standard on the campaign's page, templates and targets."""
    papers = [
        (CampaignDocument.Kind.LETTER, "示例倡议书", LETTER),
        (CampaignDocument.Kind.STANDARD, "示例测评要点", STANDARD),
    ]
    for position, (kind, title, text) in enumerate(papers, start=1):
        paper = create_document(
            document=CampaignDocument(
                campaign=campaign, kind=kind, title=title, text=text, position=position
            ),
            file=None,
            by=office,
        )
        publish_document(document=paper, by=office)
    for title, name, activity, text, minutes in TEMPLATES:
        ActivityTemplate.objects.create(
            initiative=Initiative.objects.get(title=title),
            name=name,
            title=activity,
            text=text,
            duration_minutes=minutes,
        )
    for title, (count, period) in TARGETS.items():
        Initiative.objects.filter(title=title).update(
            target_count=count, target_period=period
        )


def make_convention(*, office: User) -> Convention:
    """The first version of the convention, published."""
    draft = draft_convention(title="市民文明公约（示例）", text=CONVENTION, by=office)
    return publish_convention(convention=draft, by=office, now=timezone.now())


def make_tasks(campaign: Campaign, *, office: User, unit: User, today: date) -> None:
    """Tasks for all units; the demonstration unit has begun the first."""
    own = Organization.objects.roots_of_unit(UNIT).get()
    units = list(
        Organization.objects.filter(parent__parent=None).exclude(parent=None)[:30]
    )
    for number, (initiative, title, text, days) in enumerate(TASKS):
        task = issue_task(
            task=Task(
                campaign=campaign,
                initiative=Initiative.objects.get(title=initiative),
                title=title,
                text=text,
                due_on=today + timedelta(days=days),
            ),
            organizations={own, *units},
            by=office,
        )
        if number == 0:
            assignment = task.assignments.get(organization=own)
            report_progress(
                assignment=assignment, text="已与社区约好时间，宣传单在印。", by=unit
            )
            for activity in _fitting(own, task)[:1]:
                link_activity(assignment=assignment, activity=activity, by=unit)


def _fitting(own: Organization, task: Task) -> list[Activity]:
    return list(
        Activity.objects.filter(organization=own, initiative=task.initiative).exclude(
            state=Activity.State.CANCELLED
        )
    )
