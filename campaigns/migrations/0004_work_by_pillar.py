"""Initiatives with kinds, tasks, joint activities, honours, stories, the convention."""

import campaigns.models.consent
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0003_activity_need_claim'),
        ('communities', '0005_no_overlaps_on_postgresql'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityPartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('state', models.CharField(choices=[('invited', '待确认'), ('confirmed', '已确认'), ('declined', '已谢绝'), ('withdrawn', '已撤回')], default='invited', max_length=10, verbose_name='状态')),
                ('invited_at', models.DateTimeField(auto_now_add=True, verbose_name='邀请时间')),
            ],
            options={
                'verbose_name': '联办党组织',
                'verbose_name_plural': '联办党组织',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ActivityTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='模板名称')),
                ('title', models.CharField(max_length=60, verbose_name='活动名称')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='地点')),
                ('text', models.TextField(blank=True, max_length=500, verbose_name='活动说明')),
                ('duration_minutes', models.PositiveSmallIntegerField(default=120, verbose_name='时长（分钟）')),
                ('is_open', models.BooleanField(default=True, verbose_name='启用')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
            ],
            options={
                'verbose_name': '活动模板',
                'verbose_name_plural': '活动模板',
                'ordering': ['initiative', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CampaignDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('kind', models.CharField(choices=[('letter', '倡议书'), ('notice', '通知'), ('standard', '测评标准'), ('other', '其他文件')], max_length=10, verbose_name='类型')),
                ('title', models.CharField(max_length=100, verbose_name='标题')),
                ('text', models.TextField(blank=True, max_length=20000, verbose_name='正文')),
                ('file', models.CharField(blank=True, editable=False, max_length=200, verbose_name='附件')),
                ('file_name', models.CharField(blank=True, editable=False, max_length=200, verbose_name='附件名称')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='印发日期')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已发布'), ('withdrawn', '已撤下')], default='draft', max_length=10, verbose_name='状态')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
            ],
            options={
                'verbose_name': '行动文件',
                'verbose_name_plural': '行动文件',
                'ordering': ['campaign', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=50, verbose_name='同意人称呼')),
                ('is_guardian', models.BooleanField(default=False, verbose_name='由监护人代为同意')),
                ('method', models.CharField(choices=[('paper', '书面签字'), ('spoken', '当面口头')], max_length=10, verbose_name='方式')),
                ('text_version', models.CharField(editable=False, max_length=20, verbose_name='同意书版本')),
                ('given_on', models.DateField(verbose_name='同意日期')),
                ('token', models.CharField(default=campaigns.models.consent.new_token, editable=False, max_length=40, unique=True)),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='撤回时间')),
            ],
            options={
                'verbose_name': '展示同意',
                'verbose_name_plural': '展示同意',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Convention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('number', models.PositiveSmallIntegerField(editable=False, unique=True, verbose_name='版次')),
                ('title', models.CharField(max_length=60, verbose_name='标题')),
                ('text', models.TextField(max_length=5000, verbose_name='正文')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '现行'), ('superseded', '已被新版取代')], default='draft', max_length=10, verbose_name='状态')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='发布时间')),
            ],
            options={
                'verbose_name': '市民文明公约',
                'verbose_name_plural': '市民文明公约',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('promise', models.CharField(max_length=200, verbose_name='承诺事项')),
                ('promised_for', models.DateField(verbose_name='承诺完成日期')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='实际完成日期')),
                ('result', models.TextField(blank=True, max_length=500, verbose_name='办理结果')),
            ],
            options={
                'verbose_name': '实事办理情况',
                'verbose_name_plural': '实事办理情况',
            },
        ),
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('photo', '照片'), ('document', '文件')], default='photo', max_length=10, verbose_name='类型')),
                ('path', models.CharField(editable=False, max_length=200, unique=True, verbose_name='文件')),
                ('name', models.CharField(blank=True, editable=False, max_length=200, verbose_name='文件名')),
                ('width', models.PositiveIntegerField(editable=False, null=True, verbose_name='宽')),
                ('height', models.PositiveIntegerField(editable=False, null=True, verbose_name='高')),
                ('size', models.PositiveIntegerField(editable=False, verbose_name='字节数')),
                ('sha256', models.CharField(db_index=True, editable=False, max_length=64)),
                ('source_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
            ],
            options={
                'verbose_name': '佐证文件',
                'verbose_name_plural': '佐证文件',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FrozenFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='月份')),
                ('path', models.CharField(max_length=200, verbose_name='层级')),
                ('organization_name', models.CharField(max_length=100, verbose_name='党组织名称')),
                ('unit_name', models.CharField(max_length=100, verbose_name='所在单位')),
                ('activity_count', models.PositiveIntegerField(verbose_name='活动数')),
                ('led_count', models.PositiveIntegerField(verbose_name='牵头活动数')),
                ('participant_count', models.PositiveIntegerField(verbose_name='参加人次')),
                ('photo_count', models.PositiveIntegerField(verbose_name='照片数')),
            ],
            options={
                'verbose_name': '冻结数据',
                'verbose_name_plural': '冻结数据',
                'ordering': ['campaign', 'path', 'pillar', 'initiative', 'month'],
            },
        ),
        migrations.CreateModel(
            name='Honor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('kind', models.CharField(choices=[('pioneer_post', '党员先锋岗'), ('youth', '青年文明号'), ('women_post', '巾帼文明岗'), ('window', '文明示范窗口'), ('unit', '文明单位'), ('family', '文明家庭')], max_length=12, verbose_name='荣誉')),
                ('holder', models.CharField(max_length=60, verbose_name='称号对象')),
                ('text', models.TextField(max_length=500, verbose_name='事迹')),
                ('is_public', models.BooleanField(default=True, editable=False, verbose_name='公开展示')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('applied', '待核查'), ('returned', '已退回'), ('checked', '已核查'), ('notice', '公示中'), ('awarded', '已命名'), ('rejected', '未通过'), ('withdrawn', '已撤回'), ('lapsed', '已失效'), ('revoked', '已撤销')], default='draft', max_length=10, verbose_name='状态')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('applied_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='申报时间')),
                ('notice_starts_on', models.DateField(blank=True, editable=False, null=True, verbose_name='公示开始')),
                ('notice_ends_on', models.DateField(blank=True, editable=False, null=True, verbose_name='公示结束')),
                ('number', models.CharField(blank=True, editable=False, max_length=40, verbose_name='文号')),
                ('awarded_on', models.DateField(blank=True, editable=False, null=True, verbose_name='命名日期')),
                ('check_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='年度复核期限')),
                ('ended_on', models.DateField(blank=True, editable=False, null=True, verbose_name='终止日期')),
            ],
            options={
                'verbose_name': '荣誉',
                'verbose_name_plural': '荣誉',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HonorCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='复核期限')),
                ('passed', models.BooleanField(verbose_name='复核合格')),
                ('note', models.CharField(max_length=300, verbose_name='复核意见')),
                ('checked_at', models.DateTimeField(auto_now_add=True, verbose_name='复核时间')),
            ],
            options={
                'verbose_name': '年度复核',
                'verbose_name_plural': '年度复核',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HonorObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('text', models.CharField(max_length=500, verbose_name='异议')),
                ('state', models.CharField(choices=[('open', '待处理'), ('upheld', '成立'), ('dismissed', '不成立')], default='open', max_length=10, verbose_name='状态')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='提出时间')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='处理意见')),
            ],
            options={
                'verbose_name': '荣誉异议',
                'verbose_name_plural': '荣誉异议',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='InitiativeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('title', models.CharField(max_length=60, verbose_name='举措')),
            ],
            options={
                'verbose_name': '举措沿革',
                'verbose_name_plural': '举措沿革',
                'ordering': ['initiative', '-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='PillarVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('title', models.CharField(max_length=40, verbose_name='板块')),
                ('summary', models.TextField(blank=True, verbose_name='要求')),
            ],
            options={
                'verbose_name': '板块沿革',
                'verbose_name_plural': '板块沿革',
                'ordering': ['pillar', '-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_household', models.BooleanField(default=False, verbose_name='以家庭名义')),
                ('pledged_at', models.DateTimeField(auto_now_add=True, verbose_name='承诺时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='收回时间')),
            ],
            options={
                'verbose_name': '公约承诺',
                'verbose_name_plural': '公约承诺',
            },
        ),
        migrations.CreateModel(
            name='ReturnReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=100, unique=True, verbose_name='理由')),
                ('field', models.CharField(choices=[('title', '活动名称'), ('initiative', '板块和举措'), ('time', '时间'), ('place', '地点'), ('text', '活动说明'), ('participants', '参加人数'), ('photos', '照片'), ('captions', '照片说明'), ('documents', '文件'), ('study', '学习情况'), ('deed', '实事办理情况'), ('other', '其他')], max_length=12, verbose_name='对应内容')),
                ('is_open', models.BooleanField(default=True, verbose_name='启用')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
            ],
            options={
                'verbose_name': '退回理由',
                'verbose_name_plural': '退回理由',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('title', '活动名称'), ('initiative', '板块和举措'), ('time', '时间'), ('place', '地点'), ('text', '活动说明'), ('participants', '参加人数'), ('photos', '照片'), ('captions', '照片说明'), ('documents', '文件'), ('study', '学习情况'), ('deed', '实事办理情况'), ('other', '其他')], max_length=12, verbose_name='对应内容')),
                ('text', models.CharField(max_length=200, verbose_name='意见')),
            ],
            options={
                'verbose_name': '审核意见',
                'verbose_name_plural': '审核意见',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('kind', models.CharField(choices=[('family', '家庭故事'), ('neighbor', '邻里故事')], max_length=10, verbose_name='类型')),
                ('title', models.CharField(max_length=60, verbose_name='标题')),
                ('text', models.TextField(max_length=3000, verbose_name='正文')),
                ('people_shown', models.PositiveSmallIntegerField(default=1, verbose_name='出现的人数')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '待审核'), ('returned', '已退回'), ('published', '已发布'), ('hidden', '已隐藏'), ('withdrawn', '已撤下')], default='draft', max_length=10, verbose_name='状态')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('submitted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='提交时间')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='发布时间')),
            ],
            options={
                'verbose_name': '故事',
                'verbose_name_plural': '故事',
                'ordering': ['-published_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StudySession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=100, verbose_name='学习主题')),
                ('host', models.CharField(max_length=50, verbose_name='主持人')),
                ('names', models.TextField(blank=True, max_length=2000, verbose_name='同意记名的参加者')),
                ('names_agreed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='记名确认时间')),
            ],
            options={
                'verbose_name': '学习情况',
                'verbose_name_plural': '学习情况',
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('title', models.CharField(max_length=60, verbose_name='任务名称')),
                ('text', models.TextField(blank=True, max_length=500, verbose_name='要求')),
                ('due_on', models.DateField(verbose_name='完成期限')),
                ('needed_count', models.PositiveSmallIntegerField(default=1, verbose_name='应办活动数')),
                ('state', models.CharField(choices=[('issued', '进行中'), ('closed', '已结束'), ('cancelled', '已取消')], default='issued', max_length=10, verbose_name='状态')),
                ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='下达时间')),
            ],
            options={
                'verbose_name': '任务',
                'verbose_name_plural': '任务',
                'ordering': ['-due_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TaskAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='状态变更时间')),
                ('state', models.CharField(choices=[('assigned', '待办'), ('in_progress', '办理中'), ('fulfilled', '已完成'), ('reassigned', '已改派'), ('cancelled', '已取消')], default='assigned', max_length=12, verbose_name='状态')),
                ('overdue_step', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='逾期提醒级次')),
                ('fulfilled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='完成时间')),
            ],
            options={
                'verbose_name': '任务分派',
                'verbose_name_plural': '任务分派',
                'ordering': ['task', 'organization__path', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TaskLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('linked_at', models.DateTimeField(auto_now_add=True, verbose_name='关联时间')),
            ],
            options={
                'verbose_name': '任务活动',
                'verbose_name_plural': '任务活动',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TaskReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='进展')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='填报时间')),
            ],
            options={
                'verbose_name': '任务进展',
                'verbose_name_plural': '任务进展',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='activity',
            name='in_addendum',
            field=models.BooleanField(default=False, editable=False, verbose_name='计入补充台账'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='closes_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='收尾截止日期'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='cycle',
            field=models.CharField(blank=True, max_length=40, verbose_name='创建周期'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='frozen_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='冻结时间'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='shows_targets',
            field=models.BooleanField(default=False, help_text='目标只对党组织设定，不涉及个人，可随时关闭。', verbose_name='启用目标'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='test_ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='测评结束日期'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='test_starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='测评开始日期'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='explanation',
            field=models.TextField(blank=True, max_length=500, verbose_name='补充说明'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='people',
            field=models.CharField(blank=True, max_length=100, verbose_name='人物'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='place',
            field=models.CharField(blank=True, max_length=100, verbose_name='地点'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='purpose',
            field=models.CharField(blank=True, max_length=200, verbose_name='事由'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='taken_on',
            field=models.DateField(blank=True, null=True, verbose_name='拍摄日期'),
        ),
        migrations.AddField(
            model_name='initiative',
            name='evidence_hint',
            field=models.CharField(blank=True, help_text='写给记录人看，例如“会议签到照片和横幅照片各一张”。', max_length=200, verbose_name='佐证要求'),
        ),
        migrations.AddField(
            model_name='initiative',
            name='kind',
            field=models.CharField(choices=[('study', '学习'), ('publicity', '宣传'), ('creation', '创建'), ('deed', '为群众办实事'), ('virtue', '道德风尚'), ('family', '家庭'), ('service', '服务')], default='publicity', max_length=10, verbose_name='类型'),
        ),
        migrations.AddField(
            model_name='initiative',
            name='photos_wanted',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='至少照片数'),
        ),
        migrations.AddField(
            model_name='initiative',
            name='target_count',
            field=models.PositiveSmallIntegerField(blank=True, help_text='每个单位每期应办的次数，只对党组织；不设则留空。', null=True, verbose_name='目标次数'),
        ),
        migrations.AddField(
            model_name='initiative',
            name='target_period',
            field=models.CharField(blank=True, choices=[('month', '每月'), ('quarter', '每季度'), ('year', '每年')], max_length=10, verbose_name='目标周期'),
        ),
        migrations.AddField(
            model_name='initiative',
            name='wants_document',
            field=models.BooleanField(default=False, verbose_name='须附文件'),
        ),
        migrations.AddField(
            model_name='initiative',
            name='wants_participant_count',
            field=models.BooleanField(default=False, verbose_name='须填参加人数'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='activity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='campaigns.activity', verbose_name='活动'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('in_addendum', False), ('state', 'approved')), fields=['campaign', 'organization', 'pillar', 'initiative'], name='activity_progress'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('test_ends_on', None), ('test_starts_on', None)), ('test_ends_on__gte', models.F('test_starts_on')), _connector='OR'), name='campaign_test_window_in_order', violation_error_message='测评的开始和结束日期须一并填写，且先后有序。'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('counts_as_service', True), ('kind', 'study'), _negated=True), name='initiative_study_gives_no_hours', violation_error_message='学习类举措不产生服务时长。'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('target_count', None), ('target_period', '')), models.Q(('target_count__gte', 1), ('target_period__in', ['month', 'quarter', 'year'])), _connector='OR'), name='initiative_target_is_whole', violation_error_message='目标次数和目标周期须一并填写。'),
        ),
        migrations.AddField(
            model_name='activitypartner',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='campaigns.activity', verbose_name='活动'),
        ),
        migrations.AddField(
            model_name='activitypartner',
            name='invited_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='邀请人'),
        ),
        migrations.AddField(
            model_name='activitypartner',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_activities', to='communities.organization', verbose_name='联办党组织'),
        ),
        migrations.AddField(
            model_name='activitytemplate',
            name='initiative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='campaigns.initiative', verbose_name='举措'),
        ),
        migrations.AddField(
            model_name='campaigndocument',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='campaigns.campaign', verbose_name='行动'),
        ),
        migrations.AddField(
            model_name='campaigndocument',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人'),
        ),
        migrations.AddField(
            model_name='consent',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人'),
        ),
        migrations.AddField(
            model_name='convention',
            name='created_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人'),
        ),
        migrations.AddField(
            model_name='deed',
            name='activity',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='deed', to='campaigns.activity', verbose_name='活动'),
        ),
        migrations.AddField(
            model_name='evidencefile',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人'),
        ),
        migrations.AddField(
            model_name='frozenfigure',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen_figures', to='campaigns.campaign', verbose_name='行动'),
        ),
        migrations.AddField(
            model_name='frozenfigure',
            name='initiative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.initiative', verbose_name='举措'),
        ),
        migrations.AddField(
            model_name='frozenfigure',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.organization', verbose_name='党组织'),
        ),
        migrations.AddField(
            model_name='frozenfigure',
            name='pillar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.pillar', verbose_name='板块'),
        ),
        migrations.AddField(
            model_name='honor',
            name='applied_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申报人'),
        ),
        migrations.AddField(
            model_name='honor',
            name='community',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='honors', to='communities.community', verbose_name='社区（村）'),
        ),
        migrations.AddField(
            model_name='honor',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填报人'),
        ),
        migrations.AddField(
            model_name='honor',
            name='organization',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='honors', to='communities.organization', verbose_name='党组织'),
        ),
        migrations.AddField(
            model_name='consent',
            name='honor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='campaigns.honor', verbose_name='荣誉'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='honor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='campaigns.honor', verbose_name='荣誉'),
        ),
        migrations.AddField(
            model_name='honorcheck',
            name='checked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人'),
        ),
        migrations.AddField(
            model_name='honorcheck',
            name='honor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='campaigns.honor', verbose_name='荣誉'),
        ),
        migrations.AddField(
            model_name='honorobjection',
            name='honor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='campaigns.honor', verbose_name='荣誉'),
        ),
        migrations.AddField(
            model_name='honorobjection',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人'),
        ),
        migrations.AddField(
            model_name='initiativeversion',
            name='initiative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='campaigns.initiative', verbose_name='举措'),
        ),
        migrations.AddField(
            model_name='pillarversion',
            name='pillar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='campaigns.pillar', verbose_name='板块'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='communities.community', verbose_name='社区（村）'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='convention',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='campaigns.convention', verbose_name='公约'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to=settings.AUTH_USER_MODEL, verbose_name='承诺人'),
        ),
        migrations.AddField(
            model_name='reviewpoint',
            name='evidence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.evidence', verbose_name='照片'),
        ),
        migrations.AddField(
            model_name='reviewpoint',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='campaigns.review', verbose_name='审核'),
        ),
        migrations.AddField(
            model_name='story',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stories', to='communities.community', verbose_name='社区（村）'),
        ),
        migrations.AddField(
            model_name='story',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人'),
        ),
        migrations.AddField(
            model_name='story',
            name='organization',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stories', to='communities.organization', verbose_name='党组织'),
        ),
        migrations.AddField(
            model_name='story',
            name='submitted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提交人'),
        ),
        migrations.AddField(
            model_name='consent',
            name='story',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='campaigns.story', verbose_name='故事'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='story',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='campaigns.story', verbose_name='故事'),
        ),
        migrations.AddField(
            model_name='studysession',
            name='activity',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='study', to='campaigns.activity', verbose_name='活动'),
        ),
        migrations.AddField(
            model_name='studysession',
            name='names_agreed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记名确认人'),
        ),
        migrations.AddField(
            model_name='task',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='campaigns.campaign', verbose_name='行动'),
        ),
        migrations.AddField(
            model_name='task',
            name='initiative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='campaigns.initiative', verbose_name='举措'),
        ),
        migrations.AddField(
            model_name='task',
            name='issued_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='下达人'),
        ),
        migrations.AddField(
            model_name='taskassignment',
            name='continues',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='campaigns.taskassignment', verbose_name='承接自'),
        ),
        migrations.AddField(
            model_name='taskassignment',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='task_assignments', to='communities.organization', verbose_name='党组织'),
        ),
        migrations.AddField(
            model_name='taskassignment',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='campaigns.task', verbose_name='任务'),
        ),
        migrations.AddField(
            model_name='tasklink',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='task_links', to='campaigns.activity', verbose_name='活动'),
        ),
        migrations.AddField(
            model_name='tasklink',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='campaigns.taskassignment', verbose_name='任务分派'),
        ),
        migrations.AddField(
            model_name='tasklink',
            name='linked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='关联人'),
        ),
        migrations.AddField(
            model_name='taskreport',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='campaigns.taskassignment', verbose_name='任务分派'),
        ),
        migrations.AddField(
            model_name='taskreport',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填报人'),
        ),
        migrations.AddIndex(
            model_name='activitypartner',
            index=models.Index(condition=models.Q(('state', 'confirmed')), fields=['organization', 'activity'], name='activity_partner_joined'),
        ),
        migrations.AddConstraint(
            model_name='activitypartner',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['invited', 'confirmed'])), fields=('activity', 'organization'), name='activity_partner_once', violation_error_message='该党组织已在联办之列。'),
        ),
        migrations.AddConstraint(
            model_name='activitytemplate',
            constraint=models.UniqueConstraint(fields=('initiative', 'name'), name='activity_template_name_unique', violation_error_message='该举措下已有同名模板。'),
        ),
        migrations.AddConstraint(
            model_name='convention',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('state',), name='convention_one_published'),
        ),
        migrations.AddConstraint(
            model_name='deed',
            constraint=models.CheckConstraint(condition=models.Q(('done_on', None), models.Q(('result', ''), _negated=True), _connector='OR'), name='deed_done_has_result', violation_error_message='填写完成日期时须写明办理结果。'),
        ),
        migrations.AddConstraint(
            model_name='frozenfigure',
            constraint=models.UniqueConstraint(fields=('campaign', 'organization', 'initiative', 'pillar', 'month'), name='frozen_figure_once'),
        ),
        migrations.AddIndex(
            model_name='honor',
            index=models.Index(condition=models.Q(('is_public', True), ('state', 'awarded')), fields=['kind', '-awarded_on'], name='honor_public'),
        ),
        migrations.AddConstraint(
            model_name='honor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('community__isnull', False), ('kind', 'family'), ('organization__isnull', True)), models.Q(models.Q(('kind', 'family'), _negated=True), ('organization__isnull', False)), _connector='OR'), name='honor_has_its_holder', violation_error_message='文明家庭由社区申报，其他荣誉由党组织申报。'),
        ),
        migrations.AddConstraint(
            model_name='honor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'awarded'), _negated=True), models.Q(('awarded_on__isnull', False), ('check_due_on__isnull', False)), _connector='OR'), name='honor_awarded_has_days'),
        ),
        migrations.AddConstraint(
            model_name='honorcheck',
            constraint=models.UniqueConstraint(fields=('honor', 'due_on'), name='honor_check_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='honorobjection',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('answer', ''), _negated=True), _connector='OR'), name='honor_objection_answered', violation_error_message='请写明处理意见。'),
        ),
        migrations.AddConstraint(
            model_name='honorobjection',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('honor', 'made_by'), name='honor_objection_one_open', violation_error_message='您的异议正在处理。'),
        ),
        migrations.AddConstraint(
            model_name='initiativeversion',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='initiative_version_ends_after_start', violation_error_message='结束日期不能早于开始日期。'),
        ),
        migrations.AddConstraint(
            model_name='initiativeversion',
            constraint=models.UniqueConstraint(fields=('initiative', 'starts_on'), name='initiative_version_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='initiativeversion',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('initiative',), name='initiative_version_one_open'),
        ),
        migrations.AddConstraint(
            model_name='pillarversion',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='pillar_version_ends_after_start', violation_error_message='结束日期不能早于开始日期。'),
        ),
        migrations.AddConstraint(
            model_name='pillarversion',
            constraint=models.UniqueConstraint(fields=('pillar', 'starts_on'), name='pillar_version_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='pillarversion',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('pillar',), name='pillar_version_one_open'),
        ),
        migrations.AddIndex(
            model_name='pledge',
            index=models.Index(condition=models.Q(('withdrawn_at', None)), fields=['convention', 'community', 'is_household'], name='pledge_count'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('convention', 'user', 'is_household'), name='pledge_one_live', violation_error_message='您已经承诺过。'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('people_shown__gte', 1), ('people_shown__lte', 30)), name='story_shows_people', violation_error_message='出现的人数须在 1 至 30 之间。'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('honor__isnull', True), ('story__isnull', False)), models.Q(('honor__isnull', False), ('story__isnull', True)), _connector='OR'), name='consent_for_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='studysession',
            constraint=models.CheckConstraint(condition=models.Q(('names', ''), ('names_agreed_at__isnull', False), _connector='OR'), name='study_session_names_are_agreed', violation_error_message='记名前须确认本人同意。'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('needed_count__gte', 1), ('needed_count__lte', 50)), name='task_needs_an_activity', violation_error_message='应办活动数须在 1 至 50 之间。'),
        ),
        migrations.AddIndex(
            model_name='taskassignment',
            index=models.Index(condition=models.Q(('state__in', ['assigned', 'in_progress'])), fields=['organization', 'task'], name='task_assignment_open'),
        ),
        migrations.AddConstraint(
            model_name='taskassignment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['assigned', 'in_progress', 'fulfilled'])), fields=('task', 'organization'), name='task_assignment_one_live', violation_error_message='该党组织已在任务之列。'),
        ),
        migrations.AddConstraint(
            model_name='tasklink',
            constraint=models.UniqueConstraint(fields=('assignment', 'activity'), name='task_link_once'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='stored',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='campaigns.evidencefile', verbose_name='文件'),
        ),
        migrations.RenameField(
            model_name='evidence',
            old_name='uploaded_at',
            new_name='added_at',
        ),
        migrations.RenameField(
            model_name='evidence',
            old_name='uploaded_by',
            new_name='added_by',
        ),
        # What is copied to EvidenceFile next: may be empty on the way back.
        migrations.AlterField(
            model_name='evidence',
            name='file',
            field=models.CharField(max_length=200, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='caption',
            field=models.CharField(default='', max_length=200),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='width',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='height',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='size',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='sha256',
            field=models.CharField(default='', max_length=64),
        ),
    ]
