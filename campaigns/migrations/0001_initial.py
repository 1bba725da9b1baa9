import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('communities', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pillar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('awareness', '深化认识、营造氛围'), ('duty', '履职尽责、提升效能'), ('virtue', '崇德向善、引领风尚'), ('family', '带动家庭、参与创建'), ('service', '志愿服务、助力基层')], max_length=10, unique=True, verbose_name='代码')),
                ('title', models.CharField(max_length=40, verbose_name='板块')),
                ('summary', models.TextField(blank=True, verbose_name='要求')),
                ('position', models.PositiveSmallIntegerField(unique=True, verbose_name='次序')),
            ],
            options={
                'verbose_name': '板块',
                'verbose_name_plural': '板块',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60, verbose_name='举措')),
                ('counts_as_service', models.BooleanField(default=False, help_text='学习、会议和日常履职不产生服务时长。', verbose_name='可产生服务时长')),
                ('is_open', models.BooleanField(default=True, verbose_name='启用')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('pillar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='campaigns.pillar', verbose_name='板块')),
            ],
            options={
                'verbose_name': '举措',
                'verbose_name_plural': '举措',
                'ordering': ['pillar__position', 'position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('pillar', 'title'), name='initiative_title_unique_in_pillar', violation_error_message='该板块下已有同名举措。')],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('title', models.CharField(max_length=100, unique=True, verbose_name='行动名称')),
                ('slogan', models.CharField(blank=True, max_length=100, verbose_name='口号')),
                ('introduction', models.TextField(blank=True, verbose_name='说明')),
                ('state', models.CharField(choices=[('planned', '筹备中'), ('active', '进行中'), ('closing', '收尾中'), ('frozen', '已冻结'), ('archived', '已归档')], default='planned', max_length=10, verbose_name='状态')),
            ],
            options={
                'verbose_name': '行动',
                'verbose_name_plural': '行动',
                'ordering': ['-starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='campaign_ends_after_start', violation_error_message='结束日期不能早于开始日期。')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('title', models.CharField(max_length=60, verbose_name='活动名称')),
                ('starts_at', models.DateTimeField(verbose_name='开始时间')),
                ('ends_at', models.DateTimeField(verbose_name='结束时间')),
                ('place', models.CharField(max_length=100, verbose_name='地点')),
                ('text', models.TextField(blank=True, max_length=500, verbose_name='活动说明')),
                ('participant_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='参加人数')),
                ('is_public', models.BooleanField(default=True, verbose_name='公开展示')),
                ('counts_as_service', models.BooleanField(default=False, verbose_name='计志愿服务时长')),
                ('risk', models.CharField(choices=[('low', '低'), ('medium', '中'), ('high', '高')], default='low', max_length=10, verbose_name='风险等级')),
                ('insurance', models.CharField(blank=True, max_length=200, verbose_name='保险')),
                ('safety_briefing', models.TextField(blank=True, max_length=500, verbose_name='安全须知')),
                ('contact_name', models.CharField(blank=True, max_length=50, verbose_name='联系人')),
                ('contact_phone', models.CharField(blank=True, max_length=20, verbose_name='联系电话')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已发布'), ('ended', '已结束'), ('submitted', '待审核'), ('approved', '已通过'), ('returned', '已退回'), ('cancelled', '已取消')], default='draft', max_length=10, verbose_name='状态')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='提交时间')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('community', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='communities.community', verbose_name='所在社区（村）')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('leaders', models.ManyToManyField(blank=True, related_name='led_activities', to=settings.AUTH_USER_MODEL, verbose_name='现场负责人')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='communities.organization', verbose_name='党组织')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提交人')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='campaigns.campaign', verbose_name='行动')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='campaigns.initiative', verbose_name='举措')),
                ('pillar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='campaigns.pillar', verbose_name='板块')),
                ('second_pillar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.pillar', verbose_name='第二板块')),
            ],
            options={
                'verbose_name': '活动',
                'verbose_name_plural': '活动',
                'ordering': ['-starts_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('is_public', True), ('state', 'approved')), fields=['-starts_at', '-id'], name='activity_public_recent'), models.Index(fields=['organization', '-starts_at'], name='activity_by_organization'), models.Index(condition=models.Q(('state', 'submitted')), fields=['submitted_at'], name='activity_review_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='activity_ends_after_start', violation_error_message='结束时间必须晚于开始时间。'), models.CheckConstraint(condition=models.Q(('second_pillar', None), models.Q(('second_pillar', models.F('pillar')), _negated=True), _connector='OR'), name='activity_second_pillar_differs', violation_error_message='第二板块不能与主板块相同。')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.CharField(editable=False, max_length=200, unique=True, verbose_name='文件')),
                ('caption', models.CharField(max_length=200, verbose_name='说明')),
                ('width', models.PositiveIntegerField(editable=False, verbose_name='宽')),
                ('height', models.PositiveIntegerField(editable=False, verbose_name='高')),
                ('size', models.PositiveIntegerField(editable=False, verbose_name='字节数')),
                ('sha256', models.CharField(db_index=True, editable=False, max_length=64)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='campaigns.activity', verbose_name='活动')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': '佐证照片',
                'verbose_name_plural': '佐证照片',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(choices=[('approved', '通过'), ('returned', '退回')], max_length=10, verbose_name='结论')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('reviewed_at', models.DateTimeField(auto_now_add=True, verbose_name='审核时间')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='campaigns.activity', verbose_name='活动')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
            ],
            options={
                'verbose_name': '审核',
                'verbose_name_plural': '审核',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('decision', 'approved'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='review_return_has_reason', violation_error_message='退回时必须写明理由。')],
            },
        ),
    ]
