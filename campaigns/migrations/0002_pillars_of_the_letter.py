"""The five pillars and the initiatives the letter of 26 April 2022 names."""

from django.db import migrations

PILLARS = [
    (
        "awareness",
        "深化认识、营造氛围",
        "人人知晓创城、人人支持创城：把学习传达做到每个支部，把宣传发动延伸到最后一公里。",
        [
            "学习传达到支部",
            "宣传发动",
            "先锋岗与文明岗示范",
            "好礼貌“名片”",
            "打通“最后一公里”",
        ],
    ),
    (
        "duty",
        "履职尽责、提升效能",
        "把本职工作与创城结合起来，提高效率、提升效能、提增效益，为群众办实事。",
        [
            "本职工作与创城结合",
            "文明单位创建",
            "提高效率、提升效能、提增效益",
            "产业发展项目建设攻坚年与七比一看",
            "我为群众办实事",
        ],
    ),
    (
        "virtue",
        "崇德向善、引领风尚",
        "践行社会主义核心价值观，遵守市民文明公约，做到口中、手上、脚下有文明。",
        [
            "核心价值观与公民道德",
            "市民文明公约与公共秩序",
            "仁爱、诚信、孝敬、责任“四心”",
            "口中、手上、脚下有文明",
        ],
    ),
    (
        "family",
        "带动家庭、参与创建",
        "从小家到大家，带动家人一起参与社区建设，传承优秀传统文化。",
        ["家庭美德", "家人参与社区建设", "传承优秀传统文化", "人人知晓、关心、支持创城"],
    ),
    (
        "service",
        "志愿服务、助力基层",
        "单位挂钩社区，党员到社区报到，社区吹哨、党员报到，志愿服务到身边。",
        [
            "挂钩社区结对共建",
            "社区吹哨、党员报到",
            "单位和党员双报到",
            "领导班子双挂钩",
            "志愿服务活动",
        ],
    ),
]
WITH_SERVICE_HOURS = {"家人参与社区建设", "社区吹哨、党员报到", "志愿服务活动"}


def load(apps, schema_editor):
    pillar_model = apps.get_model("campaigns", "Pillar")
    initiative_model = apps.get_model("campaigns", "Initiative")
    for position, (code, title, summary, initiatives) in enumerate(PILLARS, start=1):
        pillar, _created = pillar_model.objects.get_or_create(
            code=code,
            defaults={"title": title, "summary": summary, "position": position},
        )
        for place, name in enumerate(initiatives, start=1):
            initiative_model.objects.get_or_create(
                pillar=pillar,
                title=name,
                defaults={
                    "position": place,
                    "counts_as_service": name in WITH_SERVICE_HOURS,
                },
            )


def unload(apps, schema_editor):
    codes = [code for code, *_rest in PILLARS]
    apps.get_model("campaigns", "Initiative").objects.filter(
        pillar__code__in=codes
    ).delete()
    apps.get_model("campaigns", "Pillar").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
