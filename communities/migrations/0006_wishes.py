"""Micro-wishes of residents and who makes them come true."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('communities', '0005_no_overlaps_on_postgresql'),
    ]

    operations = [
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('resident_name', models.CharField(blank=True, max_length=30, verbose_name='居民称呼')),
                ('resident_phone', models.CharField(blank=True, max_length=20, verbose_name='居民电话')),
                ('resident_consented', models.BooleanField(default=False, verbose_name='居民已同意提供')),
                ('contact_erased_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='联系方式清除时间')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='结束时间')),
                ('category', models.CharField(choices=[('goods', '物品'), ('help', '帮忙'), ('company', '陪伴'), ('skill', '技能')], max_length=10, verbose_name='类别')),
                ('title', models.CharField(max_length=60, verbose_name='心愿')),
                ('text', models.TextField(blank=True, max_length=300, verbose_name='说明')),
                ('wanted_by', models.DateField(blank=True, null=True, verbose_name='希望实现日期')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '待认领'), ('claimed', '已认领'), ('delivered', '待确认'), ('confirmed', '已实现'), ('withdrawn', '已撤回'), ('expired', '已过期')], default='draft', max_length=10, verbose_name='状态')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='发布时间')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='communities.community', verbose_name='社区（村）')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
            ],
            options={
                'verbose_name': '微心愿',
                'verbose_name_plural': '微心愿',
                'ordering': ['-published_at', '-pk'],
                'indexes': [models.Index(fields=['community', 'state'], name='wish_by_community')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['confirmed', 'withdrawn', 'expired'])), models.Q(models.Q(('state__in', ['confirmed', 'withdrawn', 'expired']), _negated=True), ('ended_at', None)), _connector='OR'), name='wish_over_has_an_end'), models.CheckConstraint(condition=models.Q(('resident_consented', True), models.Q(('resident_name', ''), ('resident_phone', '')), _connector='OR'), name='wish_contact_with_consent', violation_error_message='居民的联系方式须经本人同意。')],
            },
        ),
        migrations.CreateModel(
            name='WishClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('state', models.CharField(choices=[('active', '办理中'), ('delivered', '已送达'), ('withdrawn', '已放弃')], default='active', max_length=10, verbose_name='状态')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='留言')),
                ('claimed_at', models.DateTimeField(auto_now_add=True, verbose_name='认领时间')),
                ('claimed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='认领人')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wish_claims', to='communities.organization', verbose_name='党组织')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wish_claims', to=settings.AUTH_USER_MODEL, verbose_name='个人')),
                ('wish', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='communities.wish', verbose_name='微心愿')),
            ],
            options={
                'verbose_name': '心愿认领',
                'verbose_name_plural': '心愿认领',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('wish',), name='wish_claim_one_live', violation_error_message='这个心愿已被认领。'), models.CheckConstraint(condition=models.Q(models.Q(('organization__isnull', False), ('person', None)), models.Q(('organization', None), ('person__isnull', False)), _connector='OR'), name='wish_claim_of_one_side', violation_error_message='由个人或党组织一方认领。')],
            },
        ),
    ]
