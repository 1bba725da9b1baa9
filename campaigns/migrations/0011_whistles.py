"""Whistles, who answers them, their clocks and their log."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('campaigns', '0010_find_sources'),
        ('communities', '0006_wishes'),
    ]

    operations = [
        migrations.CreateModel(
            name='WhistleCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=20, unique=True, verbose_name='名称')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='顺序')),
                ('is_open', models.BooleanField(default=True, verbose_name='启用')),
            ],
            options={
                'verbose_name': '吹哨类别',
                'verbose_name_plural': '吹哨类别',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WhistleClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urgency', models.CharField(choices=[('normal', '一般'), ('urgent', '较急'), ('emergency', '紧急')], max_length=10, verbose_name='紧急程度')),
                ('dispatch_hours', models.PositiveSmallIntegerField(verbose_name='派单时限（工作小时）')),
                ('accept_hours', models.PositiveSmallIntegerField(verbose_name='响应时限（工作小时）')),
                ('handle_hours', models.PositiveSmallIntegerField(verbose_name='办理时限（工作小时）')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='campaigns.whistlecategory', verbose_name='吹哨类别')),
            ],
            options={
                'verbose_name': '吹哨时限',
                'verbose_name_plural': '吹哨时限',
                'ordering': ['category', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('category', 'urgency'), name='whistle_clock_once', violation_error_message='该类别和紧急程度已有时限。'), models.CheckConstraint(condition=models.Q(('accept_hours__gte', 1), ('dispatch_hours__gte', 1), ('handle_hours__gte', 1)), name='whistle_clock_gives_time', violation_error_message='时限至少为 1 小时。')],
            },
        ),
        migrations.CreateModel(
            name='Whistle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('resident_name', models.CharField(blank=True, max_length=30, verbose_name='居民称呼')),
                ('resident_phone', models.CharField(blank=True, max_length=20, verbose_name='居民电话')),
                ('resident_consented', models.BooleanField(default=False, verbose_name='居民已同意提供')),
                ('contact_erased_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='联系方式清除时间')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='结束时间')),
                ('clock_minutes', models.PositiveIntegerField(default=0, editable=False, verbose_name='时限（工作分钟）')),
                ('clock_used', models.PositiveIntegerField(default=0, editable=False, verbose_name='已用（工作分钟）')),
                ('clock_started_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='本次计时开始')),
                ('due_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='到期时间')),
                ('overdue_step', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='超时提醒级次')),
                ('number', models.CharField(blank=True, editable=False, max_length=30, null=True, unique=True, verbose_name='编号')),
                ('urgency', models.CharField(choices=[('normal', '一般'), ('urgent', '较急'), ('emergency', '紧急')], default='normal', max_length=10, verbose_name='紧急程度')),
                ('title', models.CharField(max_length=60, verbose_name='事由')),
                ('text', models.TextField(max_length=500, verbose_name='情况说明')),
                ('place', models.CharField(max_length=100, verbose_name='地点')),
                ('needs_people', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='需要人手（人）')),
                ('needs_things', models.CharField(blank=True, max_length=200, verbose_name='需要物资')),
                ('needs_skill', models.CharField(blank=True, max_length=200, verbose_name='需要专业')),
                ('wanted_by', models.DateField(blank=True, null=True, verbose_name='希望办结日期')),
                ('state', models.CharField(choices=[('drafted', '草稿'), ('issued', '待派单'), ('dispatched', '待响应'), ('returned', '已退回社区'), ('accepted', '已接单'), ('handling', '办理中'), ('delivered', '待社区确认'), ('reopened', '重新办理'), ('verified', '待评价'), ('rated', '已评价'), ('closed', '已办结'), ('withdrawn', '已撤回'), ('merged', '已并单')], default='drafted', max_length=10, verbose_name='状态')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('issued_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='吹哨时间')),
                ('delivered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='交付时间')),
                ('returned_count', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='被退单次数')),
                ('reopened_count', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='重办次数')),
                ('resolution', models.CharField(blank=True, choices=[('solved', '已解决'), ('partly', '部分解决'), ('not', '未解决')], editable=False, max_length=10, verbose_name='解决情况')),
                ('is_satisfied', models.BooleanField(editable=False, null=True, verbose_name='是否满意')),
                ('rated_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='评价时间')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='whistles', to='communities.community', verbose_name='社区（村）')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='吹哨人')),
                ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='campaigns.whistle', verbose_name='并入')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='whistles', to='campaigns.whistlecategory', verbose_name='类别')),
            ],
            options={
                'verbose_name': '吹哨',
                'verbose_name_plural': '吹哨',
                'ordering': ['-issued_at', '-pk'],
                'indexes': [models.Index(fields=['community', 'state'], name='whistle_by_community'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='whistle_clocks'), models.Index(fields=['-issued_at', '-id'], name='whistle_recent')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['closed', 'withdrawn', 'merged'])), models.Q(models.Q(('state__in', ['closed', 'withdrawn', 'merged']), _negated=True), ('ended_at', None)), _connector='OR'), name='whistle_over_has_an_end'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='whistle_merged_goes_on', violation_error_message='并单须写明并入哪一单。'), models.CheckConstraint(condition=models.Q(('reopened_count__lte', 2)), name='whistle_reopened_twice_at_most', violation_error_message='最多重办两次。'), models.CheckConstraint(condition=models.Q(models.Q(('is_satisfied', None), ('rated_at', None), ('resolution', '')), models.Q(models.Q(('resolution', ''), _negated=True), ('is_satisfied__isnull', False), ('rated_at__isnull', False)), _connector='OR'), name='whistle_rated_whole'), models.CheckConstraint(condition=models.Q(('resident_consented', True), models.Q(('resident_name', ''), ('resident_phone', '')), _connector='OR'), name='whistle_contact_with_consent', violation_error_message='居民的联系方式须经本人同意。'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', False), ('number__isnull', False)), ('state__in', ['drafted', 'withdrawn']), _connector='OR'), name='whistle_issued_has_a_number')],
            },
        ),
        migrations.CreateModel(
            name='WhistleResponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('clock_minutes', models.PositiveIntegerField(default=0, editable=False, verbose_name='时限（工作分钟）')),
                ('clock_used', models.PositiveIntegerField(default=0, editable=False, verbose_name='已用（工作分钟）')),
                ('clock_started_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='本次计时开始')),
                ('due_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='到期时间')),
                ('overdue_step', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='超时提醒级次')),
                ('state', models.CharField(choices=[('asked', '待响应'), ('accepted', '已接单'), ('returned', '已退回'), ('handling', '办理中'), ('delivered', '已交付'), ('released', '已解除')], default='asked', max_length=10, verbose_name='状态')),
                ('by_dispatcher', models.BooleanField(editable=False, verbose_name='由街道或文明办派单')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='派单说明')),
                ('asked_at', models.DateTimeField(editable=False, verbose_name='派单时间')),
                ('accept_due_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='应响应时间')),
                ('accepted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='接单时间')),
                ('delivered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='交付时间')),
                ('delivered_late', models.BooleanField(default=False, editable=False, verbose_name='超时交付')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='派单人')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='whistle_responses', to='communities.organization', verbose_name='党组织')),
                ('whistle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='campaigns.whistle', verbose_name='吹哨')),
            ],
            options={
                'verbose_name': '吹哨响应',
                'verbose_name_plural': '吹哨响应',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['organization', 'state'], name='whistle_response_board'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='whistle_response_clocks')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['returned', 'released']), _negated=True), fields=('whistle', 'organization'), name='whistle_response_one_live', violation_error_message='该党组织已在办理之列。'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'handling', 'delivered']), _negated=True), models.Q(('accept_due_at__isnull', False), ('accepted_at__isnull', False)), _connector='OR'), name='whistle_response_accepted_at_some_time')],
            },
        ),
        migrations.CreateModel(
            name='WhistleExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('until', models.DateField(verbose_name='延期到')),
                ('reason', models.CharField(max_length=200, verbose_name='延期理由')),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='答复')),
                ('state', models.CharField(choices=[('asked', '待答复'), ('granted', '已同意'), ('refused', '未同意')], default='asked', max_length=10, verbose_name='状态')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='申请时间')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('response', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='extension', to='campaigns.whistleresponse', verbose_name='吹哨响应')),
            ],
            options={
                'verbose_name': '延期申请',
                'verbose_name_plural': '延期申请',
            },
        ),
        migrations.CreateModel(
            name='WhistleEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('issued', '吹哨'), ('reissued', '补充后再次吹哨'), ('dispatched', '派单'), ('sent_back', '退回社区'), ('accepted', '接单'), ('returned', '退单'), ('released', '解除派单'), ('handed_on', '由承接单位继续办理'), ('logged', '办理记录'), ('extension_asked', '申请延期'), ('extension_granted', '同意延期'), ('extension_refused', '不同意延期'), ('people_asked', '召集人手'), ('delivered', '交付'), ('verified', '社区确认'), ('reopened', '要求重新办理'), ('rated', '评价'), ('closed', '办结'), ('unrated', '到期未评价，自动办结'), ('withdrawn', '撤回'), ('merged', '并单'), ('took_in', '并入一单'), ('overdue', '超时提醒')], max_length=20, verbose_name='事项')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='内容')),
                ('actor', models.CharField(max_length=120, verbose_name='办理方')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.whistle', verbose_name='另一单')),
                ('whistle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='campaigns.whistle', verbose_name='吹哨')),
                ('response', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='campaigns.whistleresponse', verbose_name='吹哨响应')),
            ],
            options={
                'verbose_name': '吹哨记录',
                'verbose_name_plural': '吹哨记录',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WhistlePhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(editable=False, max_length=200, unique=True)),
                ('small_path', models.CharField(blank=True, editable=False, max_length=200)),
                ('width', models.PositiveIntegerField(editable=False)),
                ('height', models.PositiveIntegerField(editable=False)),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='campaigns.whistleentry', verbose_name='吹哨记录')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('whistle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='campaigns.whistle', verbose_name='吹哨')),
            ],
            options={
                'verbose_name': '吹哨照片',
                'verbose_name_plural': '吹哨照片',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('entry', None)), fields=('whistle', 'sha256'), name='whistle_photo_once', violation_error_message='这张照片已经上传。'), models.UniqueConstraint(condition=models.Q(('entry__isnull', False)), fields=('entry', 'sha256'), name='whistle_photo_once_an_entry', violation_error_message='这张照片已经上传。')],
            },
        ),
        migrations.AddField(
            model_name='activity',
            name='whistle_response',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='campaigns.whistleresponse', verbose_name='响应的吹哨'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('whistle_response',), name='activity_one_live_a_response', violation_error_message='这次响应已经召集人手。'),
        ),
    ]
