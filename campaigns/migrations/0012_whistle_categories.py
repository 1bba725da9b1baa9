"""The categories of whistles to start with, and their clocks by urgency."""

from django.db import migrations

CATEGORIES = [
    "环境卫生",
    "市容秩序",
    "交通秩序",
    "设施维修",
    "助老助残",
    "文明宣传",
    "矛盾调解",
    "应急保障",
    "其他",
]
# Working hours for dispatch, answer and handling; seven are a working day.
# Source: PRODUCT section 4, whistles: dispatch within 2 working days, answer within 1.
CLOCKS = {"normal": (14, 7, 70), "urgent": (7, 4, 35), "emergency": (2, 1, 14)}


def add_categories(apps, schema_editor):
    """Insert each category with its three clocks."""
    category_model = apps.get_model("campaigns", "WhistleCategory")
    clock_model = apps.get_model("campaigns", "WhistleClock")
    for position, title in enumerate(CATEGORIES, start=1):
        category, _created = category_model.objects.get_or_create(
            title=title, defaults={"position": position}
        )
        for urgency, (dispatch, accept, handle) in CLOCKS.items():
            clock_model.objects.get_or_create(
                category=category,
                urgency=urgency,
                defaults={
                    "dispatch_hours": dispatch,
                    "accept_hours": accept,
                    "handle_hours": handle,
                },
            )


def remove_categories(apps, schema_editor):
    """Take back what nobody uses."""
    category_model = apps.get_model("campaigns", "WhistleCategory")
    unused = category_model.objects.filter(title__in=CATEGORIES, whistles=None)
    ids = list(unused.values_list("pk", flat=True))
    clock_model = apps.get_model("campaigns", "WhistleClock")
    clock_model.objects.filter(category_id__in=ids).delete()
    category_model.objects.filter(pk__in=ids).delete()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0011_whistles")]

    operations = [migrations.RunPython(add_categories, remove_categories)]
