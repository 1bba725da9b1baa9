import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('campaigns', '0001_initial'),
        ('communities', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('title', models.CharField(max_length=40, verbose_name='岗位')),
                ('starts_at', models.DateTimeField(verbose_name='开始时间')),
                ('ends_at', models.DateTimeField(verbose_name='结束时间')),
                ('place', models.CharField(max_length=100, verbose_name='集合地点')),
                ('capacity', models.PositiveIntegerField(verbose_name='名额')),
                ('waitlist_capacity', models.PositiveIntegerField(default=20, verbose_name='候补名额')),
                ('taken', models.PositiveIntegerField(default=0, editable=False, verbose_name='已报名')),
                ('waiting', models.PositiveIntegerField(default=0, editable=False, verbose_name='候补中')),
                ('next_position', models.PositiveIntegerField(default=1, editable=False)),
                ('signup_closes_at', models.DateTimeField(verbose_name='报名截止时间')),
                ('state', models.CharField(choices=[('scheduled', '正常'), ('settled', '已结算'), ('cancelled', '已取消')], default='scheduled', max_length=10, verbose_name='状态')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='campaigns.activity', verbose_name='活动')),
                ('community', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.community', verbose_name='所在社区（村）')),
            ],
            options={
                'verbose_name': '班次',
                'verbose_name_plural': '班次',
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'scheduled')), fields=['starts_at', 'id'], name='shift_upcoming')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='shift_ends_after_start', violation_error_message='结束时间必须晚于开始时间。'), models.CheckConstraint(condition=models.Q(('taken__gte', 0), ('taken__lte', models.F('capacity'))), name='shift_places_never_overfilled', violation_error_message='报名人数不能超过名额。'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='shift_has_a_place', violation_error_message='名额至少为 1。'), models.CheckConstraint(condition=models.Q(('signup_closes_at__lte', models.F('starts_at'))), name='shift_closes_before_start', violation_error_message='报名截止不能晚于班次开始。')],
            },
        ),
        migrations.CreateModel(
            name='Volunteer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guardian_name', models.CharField(blank=True, max_length=50, verbose_name='监护人姓名')),
                ('guardian_consented_at', models.DateTimeField(blank=True, null=True, verbose_name='监护人同意时间')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('home_community', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.community', verbose_name='居住社区（村）')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='volunteer', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': '志愿者',
                'verbose_name_plural': '志愿者',
            },
        ),
        migrations.CreateModel(
            name='Signup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('state', models.CharField(choices=[('confirmed', '已报名'), ('waitlisted', '候补中'), ('cancelled', '已取消')], max_length=10, verbose_name='状态')),
                ('position', models.PositiveIntegerField(blank=True, null=True, verbose_name='候补序号')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='报名时间')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='取消时间')),
                ('is_late', models.BooleanField(default=False, verbose_name='截止后取消')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='取消原因')),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='取消人')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signups', to='volunteers.shift', verbose_name='班次')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signups', to='volunteers.volunteer', verbose_name='志愿者')),
            ],
            options={
                'verbose_name': '报名',
                'verbose_name_plural': '报名',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['volunteer', 'state'], name='signup_by_volunteer'), models.Index(fields=['shift', 'state'], name='signup_by_shift')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['confirmed', 'waitlisted'])), fields=('shift', 'volunteer'), name='signup_once_per_shift', violation_error_message='您已报名该班次。'), models.UniqueConstraint(fields=('shift', 'position'), name='signup_position_given_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'waitlisted'), _negated=True), ('position__gte', 1), _connector='OR'), name='signup_waitlisted_has_position')],
            },
        ),
    ]
