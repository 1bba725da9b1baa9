"""Counters of activities, filled from the activities that are there."""

from collections import Counter, defaultdict
from zoneinfo import ZoneInfo

import django.db.models.deletion
from django.db import migrations, models


BEIJING = ZoneInfo("Asia/Shanghai")


def fill(apps, schema_editor):
    """Count what is approved or waits, once for its month and once for all."""
    Activity = apps.get_model("campaigns", "Activity")
    ActivityPartner = apps.get_model("campaigns", "ActivityPartner")
    ActivityTally = apps.get_model("campaigns", "ActivityTally")
    joined = defaultdict(set)
    for pk, partner in ActivityPartner.objects.filter(state="confirmed").values_list(
        "activity_id", "organization_id"
    ):
        joined[pk].add(partner)
    sums = defaultdict(Counter)
    names = ("pk", "campaign_id", "pillar_id", "organization_id", "starts_at", "state")
    rows = Activity.objects.filter(state__in=["approved", "submitted"]).order_by()
    for pk, campaign, pillar, lead, starts_at, state, late in rows.values_list(
        *names, "in_addendum"
    ).iterator():
        owners = joined[pk] | {lead} if pk in joined else set()
        kind = "waiting" if state == "submitted" else "approved"
        if kind == "approved" and late:
            kind = "addendum"
        text = ",".join(map(str, sorted(owners))) if len(owners) > 1 else ""
        month = starts_at.astimezone(BEIJING).date().replace(day=1)
        for one in (month, None):
            sums[campaign, pillar, lead, one, text][kind] += 1
    ActivityTally.objects.bulk_create(
        (
            ActivityTally(
                campaign_id=campaign,
                pillar_id=pillar,
                organization_id=lead,
                month=month,
                owners=text,
                **counts,
            )
            for (campaign, pillar, lead, month, text), counts in sums.items()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0013_spelled_activities'),
        ('communities', '0006_wishes'),
    ]

    operations = [
        migrations.CreateModel(
            name='TallyVersion',
            fields=[
                ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='campaigns.campaign', verbose_name='行动')),
                ('number', models.PositiveBigIntegerField(default=0, verbose_name='次数')),
            ],
            options={
                'verbose_name': '活动计数版本',
                'verbose_name_plural': '活动计数版本',
            },
        ),
        migrations.CreateModel(
            name='ActivityTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(null=True, verbose_name='月份')),
                ('owners', models.CharField(blank=True, max_length=1000, verbose_name='联办各方')),
                ('approved', models.PositiveIntegerField(default=0, verbose_name='已通过')),
                ('waiting', models.PositiveIntegerField(default=0, verbose_name='待审核')),
                ('addendum', models.PositiveIntegerField(default=0, verbose_name='补充台账')),
                ('campaign', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaign', verbose_name='行动')),
                ('organization', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.organization', verbose_name='党组织')),
                ('pillar', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.pillar', verbose_name='板块')),
            ],
            options={
                'verbose_name': '活动计数',
                'verbose_name_plural': '活动计数',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('month__isnull', False)), fields=('campaign', 'month', 'pillar', 'organization', 'owners'), name='activity_tally_once_a_month'), models.UniqueConstraint(condition=models.Q(('month', None)), fields=('campaign', 'pillar', 'organization', 'owners'), name='activity_tally_once_in_all')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
