"""Attendance, hours and certificates; groups, posts, offers and rules of shifts."""

import django.db.models.deletion
import django.utils.timezone
import volunteers.models.group
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('campaigns', '0013_spelled_activities'),
        ('communities', '0006_wishes'),
        ('volunteers', '0002_waitlisted_needs_a_position'),
    ]

    operations = [
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=20, unique=True, verbose_name='名称')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='顺序')),
                ('is_active', models.BooleanField(default=True, verbose_name='使用中')),
            ],
            options={
                'verbose_name': '技能',
                'verbose_name_plural': '技能',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StarLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=20, verbose_name='名称')),
                ('hours', models.PositiveIntegerField(unique=True, verbose_name='满多少小时')),
            ],
            options={
                'verbose_name': '星级',
                'verbose_name_plural': '星级',
                'ordering': ['hours'],
            },
        ),
        migrations.CreateModel(
            name='ShiftRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shift_rules', to='campaigns.activity', verbose_name='活动')),
                ('weekdays', models.CharField(max_length=7, verbose_name='每周')),
                ('starts_time', models.TimeField(verbose_name='开始时间')),
                ('ends_time', models.TimeField(verbose_name='结束时间')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('until_on', models.DateField(verbose_name='截止日期')),
                ('skips_holidays', models.BooleanField(default=False, verbose_name='节假日不排班')),
                ('title', models.CharField(max_length=40, verbose_name='班次名称')),
                ('place', models.CharField(max_length=100, verbose_name='集合地点')),
                ('community', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.community', verbose_name='所在社区（村）')),
                ('capacity', models.PositiveIntegerField(verbose_name='名额')),
                ('waitlist_capacity', models.PositiveIntegerField(default=20, verbose_name='候补名额')),
                ('minimum', models.PositiveIntegerField(default=0, verbose_name='最少人数')),
                ('closes_hours', models.PositiveIntegerField(default=24, verbose_name='开始前几小时截止报名')),
                ('state', models.CharField(choices=[('active', '执行中'), ('ended', '已停止')], default='active', max_length=10, verbose_name='状态')),
            ],
            options={
                'verbose_name': '排班规则',
                'verbose_name_plural': '排班规则',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='shift_rule_ends_after_start', violation_error_message='截止日期不能早于起始日期。')],
            },
        ),
        migrations.AddField(
            model_name='volunteer',
            name='accepts_known',
            field=models.BooleanField(default=True, verbose_name='愿意收到去过的单位的邀请'),
        ),
        migrations.AddField(
            model_name='volunteer',
            name='accepts_invitations',
            field=models.BooleanField(default=False, verbose_name='愿意收到邀请'),
        ),
        migrations.AddField(
            model_name='volunteer',
            name='availability',
            field=models.CharField(blank=True, max_length=120, verbose_name='方便的时间'),
        ),
        migrations.AddField(
            model_name='volunteer',
            name='calendar_token',
            field=models.CharField(blank=True, editable=False, max_length=43, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='volunteer',
            name='shows_stars',
            field=models.BooleanField(default=False, verbose_name='显示星级'),
        ),
        migrations.AddField(
            model_name='volunteer',
            name='skills',
            field=models.ManyToManyField(blank=True, related_name='volunteers', to='volunteers.skill', verbose_name='技能'),
        ),
        migrations.AddField(
            model_name='shift',
            name='bring',
            field=models.CharField(blank=True, max_length=200, verbose_name='自带物品'),
        ),
        migrations.AddField(
            model_name='shift',
            name='cancel_closes_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='取消截止时间'),
        ),
        migrations.AddField(
            model_name='shift',
            name='group_limit',
            field=models.PositiveSmallIntegerField(default=5, verbose_name='一次最多几人同来'),
        ),
        migrations.AddField(
            model_name='shift',
            name='initials',
            field=models.CharField(blank=True, default='', editable=False, max_length=150),
        ),
        migrations.AddField(
            model_name='shift',
            name='is_adults_only',
            field=models.BooleanField(default=False, verbose_name='仅限成年人'),
        ),
        migrations.AddField(
            model_name='shift',
            name='minimum',
            field=models.PositiveIntegerField(default=0, verbose_name='最少人数'),
        ),
        migrations.AddField(
            model_name='shift',
            name='pinyin',
            field=models.CharField(blank=True, default='', editable=False, max_length=400),
        ),
        migrations.AddField(
            model_name='shift',
            name='rule_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='排班日'),
        ),
        migrations.AddField(
            model_name='shift',
            name='signup_opens_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='报名开始时间'),
        ),
        migrations.AlterField(
            model_name='shift',
            name='title',
            field=models.CharField(max_length=40, verbose_name='班次名称'),
        ),
        migrations.AddField(
            model_name='shift',
            name='rule',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='volunteers.shiftrule', verbose_name='排班规则'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('signup_opens_at', None), ('signup_opens_at__lt', models.F('signup_closes_at')), _connector='OR'), name='shift_opens_before_it_closes', violation_error_message='报名开始必须早于报名截止。'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('cancel_closes_at', None), ('cancel_closes_at__lte', models.F('starts_at')), _connector='OR'), name='shift_cancelling_closes_before_start', violation_error_message='取消截止不能晚于班次开始。'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.UniqueConstraint(fields=('rule', 'rule_on'), name='shift_once_a_rule_and_day'),
        ),
        migrations.CreateModel(
            name='ShiftPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='volunteers.shift', verbose_name='班次')),
                ('title', models.CharField(max_length=20, verbose_name='岗位')),
                ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.skill', verbose_name='所需技能')),
                ('capacity', models.PositiveIntegerField(verbose_name='名额')),
                ('taken', models.PositiveIntegerField(default=0, editable=False, verbose_name='已报名')),
            ],
            options={
                'verbose_name': '岗位',
                'verbose_name_plural': '岗位',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('shift', 'title'), name='post_named_once_a_shift', violation_error_message='同一班次的岗位不能重名。'), models.CheckConstraint(condition=models.Q(('taken__gte', 0), ('taken__lte', models.F('capacity'))), name='post_places_never_overfilled', violation_error_message='报名人数不能超过岗位名额。')],
            },
        ),
        migrations.CreateModel(
            name='SignupGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='volunteers.shift', verbose_name='班次')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_groups', to='volunteers.volunteer', verbose_name='联系人')),
                ('kind', models.CharField(choices=[('family', '家庭'), ('branch', '党支部')], max_length=10, verbose_name='类型')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.organization', verbose_name='党组织')),
                ('token', models.CharField(default=volunteers.models.group.new_token, editable=False, max_length=40, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
            ],
            options={
                'verbose_name': '团体报名',
                'verbose_name_plural': '团体报名',
            },
        ),
        migrations.RemoveConstraint(
            model_name='signup',
            name='signup_once_per_shift',
        ),
        migrations.AddField(
            model_name='signup',
            name='heads',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='人数'),
        ),
        migrations.AddField(
            model_name='signup',
            name='is_excused',
            field=models.BooleanField(default=False, verbose_name='临时取消已获谅解'),
        ),
        migrations.AddField(
            model_name='signup',
            name='is_moved',
            field=models.BooleanField(default=False, verbose_name='由组织者移入候补'),
        ),
        migrations.AddField(
            model_name='signup',
            name='is_walk_in',
            field=models.BooleanField(default=False, verbose_name='现场报名'),
        ),
        migrations.AddField(
            model_name='signup',
            name='offer_ends_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='名额保留到'),
        ),
        migrations.AddField(
            model_name='signup',
            name='offered_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='名额发出时间'),
        ),
        migrations.AddField(
            model_name='signup',
            name='stands_in_for',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stand_in', to='volunteers.signup', verbose_name='替谁'),
        ),
        migrations.AlterField(
            model_name='signup',
            name='state',
            field=models.CharField(choices=[('confirmed', '已报名'), ('waitlisted', '候补中'), ('offered', '待确认名额'), ('lapsed', '名额已过期'), ('cancelled', '已取消'), ('attended', '已参加'), ('no_show', '未到'), ('excused', '已请假')], max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='signup',
            name='post',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signups', to='volunteers.shiftpost', verbose_name='岗位'),
        ),
        migrations.AddField(
            model_name='signup',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signups', to='volunteers.signupgroup', verbose_name='团体报名'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(condition=models.Q(('state', 'offered')), fields=['offer_ends_at'], name='signup_offers_by_end'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['cancelled', 'lapsed']), _negated=True), fields=('shift', 'volunteer'), name='signup_once_per_shift', violation_error_message='您已报名该班次。'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), models.Q(('offer_ends_at__isnull', False), ('offered_at__isnull', False)), _connector='OR'), name='signup_offer_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('heads__gte', 1)), name='signup_is_for_somebody'),
        ),
        migrations.CreateModel(
            name='Companion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='companions', to='volunteers.signupgroup', verbose_name='团体报名')),
                ('name', models.CharField(blank=True, max_length=20, verbose_name='称呼')),
                ('age_band', models.CharField(blank=True, choices=[('0-13', '14周岁以下'), ('14-17', '14—17周岁'), ('18+', '18周岁及以上')], max_length=5, verbose_name='年龄段')),
                ('consented_at', models.DateTimeField(null=True, verbose_name='本人或监护人同意时间')),
                ('signup', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='companion', to='volunteers.signup', verbose_name='本人报名')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='退出时间')),
            ],
            options={
                'verbose_name': '同行人',
                'verbose_name_plural': '同行人',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), ('consented_at__isnull', False), _connector='OR'), name='companion_named_by_consent')],
            },
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('signup', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stand_ins', to='volunteers.signup', verbose_name='报名')),
                ('token', models.CharField(default=volunteers.models.group.new_token, editable=False, max_length=40, unique=True)),
                ('state', models.CharField(choices=[('open', '等人接替'), ('taken', '已有人接替'), ('withdrawn', '已收回')], default='open', max_length=10, verbose_name='状态')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='发出时间')),
            ],
            options={
                'verbose_name': '替班',
                'verbose_name_plural': '替班',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('signup',), name='stand_in_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='volunteers.shift', verbose_name='班次')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='volunteers.volunteer', verbose_name='志愿者')),
                ('declined_at', models.DateTimeField(blank=True, null=True, verbose_name='谢绝时间')),
                ('invited_at', models.DateTimeField(auto_now_add=True, verbose_name='邀请时间')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='邀请人')),
            ],
            options={
                'verbose_name': '邀请',
                'verbose_name_plural': '邀请',
                'constraints': [models.UniqueConstraint(fields=('shift', 'volunteer'), name='invited_once_a_shift')],
            },
        ),
        migrations.CreateModel(
            name='ShiftMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='volunteers.shift', verbose_name='班次')),
                ('text', models.TextField(max_length=300, verbose_name='内容')),
                ('to_waiting', models.BooleanField(default=False, verbose_name='也发给候补的人')),
                ('recipient_count', models.PositiveIntegerField(default=0, verbose_name='收到人数')),
                ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='发送时间')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发送人')),
            ],
            options={
                'verbose_name': '班次通知',
                'verbose_name_plural': '班次通知',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='GuardianConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardian_consents', to='volunteers.volunteer', verbose_name='志愿者')),
                ('guardian_name', models.CharField(blank=True, max_length=50, verbose_name='监护人姓名')),
                ('text_version', models.CharField(editable=False, max_length=20, verbose_name='同意书版本')),
                ('token', models.CharField(default=volunteers.models.group.new_token, editable=False, max_length=40, unique=True)),
                ('state', models.CharField(choices=[('asked', '等监护人同意'), ('given', '监护人已同意'), ('withdrawn', '已撤回')], default='asked', max_length=10, verbose_name='状态')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='发出时间')),
                ('given_at', models.DateTimeField(blank=True, null=True, verbose_name='同意时间')),
            ],
            options={
                'verbose_name': '监护人同意',
                'verbose_name_plural': '监护人同意',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'given'])), fields=('volunteer',), name='guardian_consent_one_live'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'given'), _negated=True), models.Q(('given_at__isnull', False), models.Q(('guardian_name', ''), _negated=True)), _connector='OR'), name='guardian_consent_given_by_name')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signup', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='volunteers.signup', verbose_name='报名')),
                ('heads', models.PositiveSmallIntegerField(default=1, verbose_name='到场人数')),
                ('checked_in_at', models.DateTimeField(verbose_name='签到时间')),
                ('check_in_method', models.CharField(choices=[('screen', '扫现场码'), ('own_code', '出示本人码'), ('roll', '名单登记'), ('later', '事后补登')], max_length=10, verbose_name='签到方式')),
                ('checked_in_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签到登记人')),
                ('checked_out_at', models.DateTimeField(blank=True, null=True, verbose_name='签退时间')),
                ('check_out_method', models.CharField(blank=True, choices=[('screen', '扫现场码'), ('own_code', '出示本人码'), ('roll', '名单登记'), ('later', '事后补登')], max_length=10, verbose_name='签退方式')),
                ('checked_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签退登记人')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='补登理由')),
            ],
            options={
                'verbose_name': '签到签退',
                'verbose_name_plural': '签到签退',
                'indexes': [models.Index(condition=models.Q(('checked_out_at', None)), fields=['signup'], name='attendance_without_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('checked_out_at__isnull', True), ('checked_out_at__gte', models.F('checked_in_at')), _connector='OR'), name='attendance_out_after_in', violation_error_message='签退不能早于签到。'), models.CheckConstraint(condition=models.Q(models.Q(('checked_out_at__isnull', True), ('checked_out_by__isnull', True)), models.Q(('checked_out_at__isnull', False), ('checked_out_by__isnull', False)), _connector='OR'), name='attendance_out_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ServiceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_records', to='volunteers.volunteer', verbose_name='志愿者')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_records', to='campaigns.activity', verbose_name='活动')),
                ('shift', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='service_records', to='volunteers.shift', verbose_name='班次')),
                ('signup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='service_records', to='volunteers.signup', verbose_name='报名')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.organization', verbose_name='记录组织')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='volunteers.servicerecord', verbose_name='更正自')),
                ('kind', models.CharField(choices=[('shift', '班次'), ('late', '补录'), ('correction', '更正')], max_length=10, verbose_name='来源')),
                ('level', models.CharField(choices=[('direct', '本组织'), ('superior', '上级党组织'), ('office', '区文明办')], default='direct', max_length=10, verbose_name='由谁确认')),
                ('content', models.CharField(max_length=100, verbose_name='服务内容')),
                ('starts_at', models.DateTimeField(verbose_name='开始时间')),
                ('ends_at', models.DateTimeField(verbose_name='结束时间')),
                ('minutes', models.PositiveIntegerField(verbose_name='分钟')),
                ('state', models.CharField(choices=[('recorded', '待确认'), ('in_review', '补录待审核'), ('confirmed', '已确认'), ('rejected', '未通过'), ('corrected', '已更正'), ('voided', '已作废')], max_length=10, verbose_name='状态')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                ('proof', models.CharField(blank=True, editable=False, max_length=200, verbose_name='证明')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='确认时间')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='意见')),
            ],
            options={
                'verbose_name': '服务时长',
                'verbose_name_plural': '服务时长',
                'ordering': ['-starts_at', '-pk'],
                'indexes': [models.Index(fields=['volunteer', 'starts_at'], name='service_record_by_volunteer'), models.Index(condition=models.Q(('state__in', ['recorded', 'in_review'])), fields=['state', 'activity'], name='service_record_to_decide')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='service_record_ends_after_start', violation_error_message='结束时间必须晚于开始时间。'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1)), name='service_record_has_minutes', violation_error_message='服务时长至少一分钟。'), models.UniqueConstraint(condition=models.Q(('state__in', ['recorded', 'in_review', 'confirmed'])), fields=('signup',), name='service_record_one_live_a_signup')],
            },
        ),
        migrations.CreateModel(
            name='HoursDispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('signup', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='volunteers.signup', verbose_name='报名')),
                ('text', models.CharField(max_length=200, verbose_name='异议')),
                ('state', models.CharField(choices=[('open', '待答复'), ('upheld', '已更正'), ('answered', '已答复'), ('withdrawn', '已撤回')], default='open', max_length=10, verbose_name='状态')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='提出时间')),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='答复')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
            ],
            options={
                'verbose_name': '时长异议',
                'verbose_name_plural': '时长异议',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('signup',), name='dispute_one_open_a_signup', violation_error_message='您已提出异议，请等待答复。')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='volunteers.volunteer', verbose_name='志愿者')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='编号')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('until_on', models.DateField(verbose_name='截止日期')),
                ('holder_name', models.CharField(max_length=50, verbose_name='姓名')),
                ('issuer', models.CharField(max_length=60, verbose_name='出具单位')),
                ('lines', models.JSONField(default=list, verbose_name='明细')),
                ('minutes', models.PositiveIntegerField(verbose_name='分钟')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='volunteers.certificate', verbose_name='替代')),
                ('state', models.CharField(choices=[('issued', '有效'), ('superseded', '已被新证明替代'), ('revoked', '已撤销')], default='issued', max_length=10, verbose_name='状态')),
                ('issued_at', models.DateTimeField(verbose_name='出具时间')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='撤销原因')),
                ('records', models.ManyToManyField(related_name='certificates', to='volunteers.servicerecord', verbose_name='服务时长')),
            ],
            options={
                'verbose_name': '志愿服务证明',
                'verbose_name_plural': '志愿服务证明',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'issued')), fields=('volunteer', 'from_on', 'until_on'), name='certificate_one_valid_a_period'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='certificate_ends_after_start')],
            },
        ),
    ]
