"""First words of pillars and initiatives, kinds of initiatives, reasons to return."""

from datetime import date

from django.db import migrations

BEGINNING = date(1900, 1, 1)
KINDS = {
    "学习传达到支部": "study",
    "先锋岗与文明岗示范": "creation",
    "本职工作与创城结合": "creation",
    "文明单位创建": "creation",
    "提高效率、提升效能、提增效益": "creation",
    "产业发展项目建设攻坚年与七比一看": "creation",
    "我为群众办实事": "deed",
    "核心价值观与公民道德": "virtue",
    "市民文明公约与公共秩序": "virtue",
    "仁爱、诚信、孝敬、责任“四心”": "virtue",
    "口中、手上、脚下有文明": "virtue",
    "家庭美德": "family",
    "家人参与社区建设": "family",
    "传承优秀传统文化": "family",
    "人人知晓、关心、支持创城": "family",
    "挂钩社区结对共建": "service",
    "社区吹哨、党员报到": "service",
    "单位和党员双报到": "service",
    "领导班子双挂钩": "service",
    "志愿服务活动": "service",
}
REASONS = [
    ("活动说明过于简单，请写明做了什么、谁参加、效果如何", "text"),
    ("照片说明不完整，请写明时间、地点、人物和事由", "captions"),
    ("照片与活动内容不符", "photos"),
    ("照片不清晰或数量不足", "photos"),
    ("参加人数未填或有误", "participants"),
    ("时间或地点有误", "time"),
    ("板块或举措选择不当", "initiative"),
    ("缺少应附的文件", "documents"),
    ("实事办理结果未写明", "deed"),
    ("文字中有不宜公开的个人信息", "text"),
]


def fill(apps, schema_editor):
    for name in ("Pillar", "Initiative"):
        for row in apps.get_model("campaigns", name).objects.all():
            words = {"title": row.title}
            if name == "Pillar":
                words["summary"] = row.summary
            apps.get_model("campaigns", f"{name}Version").objects.create(
                **{name.lower(): row}, **words, starts_on=BEGINNING
            )
    initiatives = apps.get_model("campaigns", "Initiative").objects
    for title, kind in KINDS.items():
        initiatives.filter(title=title).update(kind=kind)
    # Study never gives hours, whatever the register said before.
    initiatives.filter(kind="study").update(counts_as_service=False)
    reasons = apps.get_model("campaigns", "ReturnReason").objects
    for position, (text, field) in enumerate(REASONS, start=1):
        reasons.create(text=text, field=field, position=position)


def empty(apps, schema_editor):
    for name in ("PillarVersion", "InitiativeVersion", "ReturnReason"):
        apps.get_model("campaigns", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0006_evidence_by_link")]
    operations = [migrations.RunPython(fill, empty)]
