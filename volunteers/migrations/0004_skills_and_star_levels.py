"""The first lists of skills and star levels; spelling of the shifts there are."""

from django.db import migrations

from core.text import pinyin_of

SKILLS = [
    "急救", "水电维修", "理发", "摄影摄像", "主持讲解",
    "闽南话", "手语", "驾驶", "心理疏导", "法律咨询", "文艺表演", "电脑手机",
]
# Source: 志愿服务 star levels as commonly used; the office changes them as data.
LEVELS = [("一星", 100), ("二星", 300), ("三星", 600), ("四星", 1000), ("五星", 1500)]
BATCH = 500


def fill(apps, schema_editor):
    Skill = apps.get_model("volunteers", "Skill")
    StarLevel = apps.get_model("volunteers", "StarLevel")
    Skill.objects.bulk_create(
        Skill(title=title, order=order) for order, title in enumerate(SKILLS, 1)
    )
    StarLevel.objects.bulk_create(
        StarLevel(title=title, hours=hours) for title, hours in LEVELS
    )
    spell(apps.get_model("volunteers", "Shift"), ("title", "place"))
    spell(apps.get_model("campaigns", "Activity"), ("title",))


def spell(model, names):
    rows = []
    for row in model.objects.only("pk", *names).iterator(BATCH):
        text = " ".join(getattr(row, name) for name in names)
        pinyin, initials = pinyin_of(text)
        row.pinyin, row.initials = pinyin[:400], initials[:150]
        rows.append(row)
    model.objects.bulk_update(rows, ["pinyin", "initials"], batch_size=BATCH)


def empty(apps, schema_editor):
    apps.get_model("volunteers", "Skill").objects.all().delete()
    apps.get_model("volunteers", "StarLevel").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [("volunteers", "0003_attendance_hours_and_certificates")]

    operations = [migrations.RunPython(fill, empty)]
