"""Demonstration links: report-ins, leaders, needs, posts, agreements, history.

All names are plainly invented; what stands under the demonstration unit and its
community shows each state once.
"""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from communities.actions import grant_membership
from communities.actions.agreements import record_agreement
from communities.actions.changes import plan_change
from communities.actions.leader_links import link_leader
from communities.actions.leaders import add_post, appoint_leader
from communities.actions.meetings import Agreed, record_meeting
from communities.actions.member_report_ins import (
    sign_member_report_in,
    submit_member_report_in,
)
from communities.actions.need_claims import claim_need
from communities.actions.needs import create_need, publish_need
from communities.actions.organizations import save_organization
from communities.actions.posts import create_post, publish_post, take_post
from communities.actions.projects import plan_project
from communities.actions.report_ins import (
    receive_report_in,
    return_report_in,
    start_report_in,
    submit_report_in,
)
from communities.actions.resources import offer_resource
from communities.models import (
    Community,
    LeaderLink,
    Membership,
    Need,
    Organization,
    OrganizationReportIn,
    Pairing,
    RegisterChange,
    Resource,
    ServicePost,
)
from communities.queries.report_in_periods import report_in_period
from volunteers.models import Volunteer
from xiangcheng_portal.demo.people import COMMUNITY, UNIT, person

Kind = RegisterChange.Kind
OTHERS = 20
LATE = timedelta(days=16)  # no community has answered the second one since
UNITS_WITH_ACCOUNTS = 30

# Title, holder ("" is vacant), linked community?, second target.
TEAM = [
    ("部长", "示例甲", True, "龙江社区沿江步道"),
    ("常务副部长", "示例乙", True, "示例农贸市场"),
    ("副部长", "示例丙", True, ""),
    ("副部长（分管文明创建）", "", False, ""),
]
NEEDS = [
    (Need.Category.PEOPLE, "周末文明劝导志愿者", 20, "人", True),
    (Need.Category.GOODS, "楼道灭火器更换", 12, "个", True),
    (Need.Category.SKILL, "老年人手机使用讲座", 2, "场", True),
    (Need.Category.VENUE, "暑期托管活动室", 1, "间", False),
]
POSTS = [
    ("楼道长", "每周巡查所在楼道，清理杂物，收集居民意见。", "每周六上午", 4),
    ("文明宣传员", "张贴宣传栏，讲解市民文明公约。", "每月两次", 3),
    ("治安巡逻员", "晚间巡逻，发现隐患及时报告。", "每晚七点至九点", 6),
]


def make_links(
    *,
    sign_ins: dict[str, User],
    volunteers: list[Volunteer],
    today: date,
) -> None:
    """Fill every list of the registers with a little of each kind."""
    unit = Organization.objects.roots_of_unit(UNIT).get()
    home = Community.objects.get(name=COMMUNITY)
    _make_unit_officials(unit, today=today)
    _make_history(unit, by=sign_ins["committee"], today=today)
    _make_report_ins(unit, home, sign_ins, today=today)
    _make_team(unit, home, by=sign_ins["unit"], today=today)
    posts = _make_posts(home, by=sign_ins["community"])
    _make_members(unit, home, posts, sign_ins, volunteers)
    _make_needs(unit, home, sign_ins, today=today)
    _make_agreement(unit, home, sign_ins, today=today)


def _make_unit_officials(unit: Organization, *, today: date) -> None:
    """Some other units have a liaison official, who never signs in."""
    paired = Organization.objects.filter(
        pk__in=Pairing.objects.on(today).values("organization")
    )
    for organization in paired.exclude(pk=unit.pk)[:UNITS_WITH_ACCOUNTS]:
        user = person(
            f"demo-unit-{organization.pk}",
            f"{organization.unit_name}示例",
            phone=f"+861380000{3000 + organization.pk}",
        )
        user.set_unusable_password()
        user.save()
        grant_membership(
            user=user, role=Membership.Role.UNIT, scope=organization, by=None
        )


def _make_history(unit: Organization, *, by: User, today: date) -> None:
    """Three invented branches: one renamed, one merged, one to be merged."""
    branches = [
        save_organization(
            organization=Organization(
                name=f"{UNIT}示例第{number}党支部",
                kind=Organization.Kind.BRANCH,
                unit_name=UNIT,
                parent=unit,
                starts_on=today - timedelta(days=400),
            ),
            by=by,
        )
        for number in "一二三"
    ]
    renamed, merged, to_merge = branches
    plan_change(
        target=renamed,
        kind=Kind.RENAME,
        effective_on=today - timedelta(days=60),
        details={"name": f"{UNIT}示例先锋党支部"},
        document="示例〔2026〕3号",
        reason="示例更名",
        by=by,
    )
    for branch, days, document in ((merged, -45, "4"), (to_merge, 20, "9")):
        plan_change(
            target=branch,
            kind=Kind.MERGE,
            effective_on=today + timedelta(days=days),
            details={"successor": renamed.pk},
            document=f"示例〔2026〕{document}号",
            reason="示例合并",
            by=by,
        )


def _make_report_ins(
    unit: Organization, home: Community, sign_ins: dict[str, User], *, today: date
) -> None:
    """One of the unit is sent back, its other one is still to be made."""
    pairings = Pairing.objects.on(today).exclude(community=home)
    pairings = pairings.select_related("organization", "community").order_by("pk")
    for pairing in pairings.filter(organization=unit):
        row = _report_in(pairing, sign_ins["unit"], today, is_submitted=True)
        return_report_in(
            report_in=row,
            reason="请补充可提供的服务。",
            by=_official_of(pairing.community),
            now=timezone.now(),
        )
    for number, pairing in enumerate(pairings.exclude(organization=unit)[:OTHERS]):
        row = _report_in(
            pairing,
            sign_ins["committee"],
            today,
            is_submitted=number > 0,
            ago=LATE if number == 1 else timedelta(),
        )
        if number > 1:
            receive_report_in(
                report_in=row, by=_official_of(pairing.community), now=timezone.now()
            )


def _official_of(community: Community) -> User:
    """A community's own official, who never signs in."""
    user = person(
        f"demo-community-{community.pk}",
        f"{community}示例",
        phone=f"+861380000{2000 + community.pk}",
    )
    user.set_unusable_password()
    user.save()
    grant_membership(
        user=user, role=Membership.Role.COMMUNITY, scope=community, by=None
    )
    return user


def _report_in(
    pairing: Pairing,
    by: User,
    today: date,
    *,
    is_submitted: bool,
    ago: timedelta = timedelta(),
) -> OrganizationReportIn:
    row = start_report_in(
        organization=pairing.organization,
        community=pairing.community,
        period=report_in_period(today),
        values={
            "member_count": pairing.organization.member_count or 12,
            "leader_name": "示例甲",
            "leader_title": "党组织书记",
            "contact_name": "示例联络员",
            "contact_phone": "13800000021",
            "offers": "每月一次志愿服务；政策咨询；会议室可供社区使用。",
        },
        by=by,
        today=today,
    )
    if is_submitted:
        submit_report_in(report_in=row, by=by, now=timezone.now() - ago)
        row.refresh_from_db()
    return row


def _make_team(unit: Organization, home: Community, *, by: User, today: date) -> None:
    since = today.replace(month=1, day=1)
    for rank, (title, name, is_linked, second) in enumerate(TEAM, start=1):
        post = add_post(
            organization=unit, title=title, rank=rank, starts_on=since, by=by
        )
        if not name:
            continue
        term = appoint_leader(post=post, name=name, starts_on=since, by=by)
        if is_linked:
            link_leader(
                leader=term.leader,
                slot=LeaderLink.Slot.COMMUNITY,
                community=home,
                starts_on=since,
                by=by,
            )
        if second:
            link_leader(
                leader=term.leader,
                slot=LeaderLink.Slot.SECOND,
                label=second,
                starts_on=since,
                by=by,
            )


def _make_posts(home: Community, *, by: User) -> list[ServicePost]:
    posts = []
    for title, duties, times, places in POSTS:
        post = create_post(
            post=ServicePost(
                community=home, title=title, duties=duties, times=times, places=places
            ),
            by=by,
            now=timezone.now(),
        )
        posts.append(publish_post(post=post, by=by, now=timezone.now()))
    return posts


def _make_members(
    unit: Organization,
    home: Community,
    posts: list[ServicePost],
    sign_ins: dict[str, User],
    volunteers: list[Volunteer],
) -> None:
    """Five people report in: three are signed and take a post, two wait."""
    for number, volunteer in enumerate(volunteers[:5]):
        row = submit_member_report_in(
            community=home,
            organization=unit,
            skills="宣传、摄影" if number % 2 else "急救",
            free_times="周末",
            posts=posts[:1],
            by=volunteer.user,
            now=timezone.now(),
        )
        if number < 3:
            sign_member_report_in(
                report_in=row, by=sign_ins["community"], now=timezone.now()
            )
            take_post(post=posts[number % 2], user=volunteer.user, now=timezone.now())


def _make_needs(
    unit: Organization, home: Community, sign_ins: dict[str, User], *, today: date
) -> None:
    by, now = sign_ins["community"], timezone.now()
    needs = []
    for place, (category, title, quantity, measure, is_open) in enumerate(NEEDS):
        need = create_need(
            need=Need(
                community=home,
                category=category,
                title=title,
                text="社区居民提出，希望共建单位支持，具体安排与社区联系。",
                quantity=quantity,
                measure=measure,
                wanted_by=today + timedelta(days=14 + 7 * place),
            ),
            by=by,
            today=today,
        )
        if is_open:
            need = publish_need(need=need, by=by, now=now, today=today)
        needs.append(need)
    claim_need(
        need=needs[0], organization=unit, quantity=8, by=sign_ins["unit"], now=now
    )
    resource = offer_resource(
        resource=Resource(
            organization=unit,
            category=Need.Category.SKILL,
            title="新闻摄影和手机使用讲师",
            text="可派两名讲师到社区授课，每次一个半小时。",
            starts_on=today.replace(month=1, day=1),
        ),
        by=sign_ins["unit"],
    )
    claim_need(
        need=needs[2], organization=unit, quantity=1, by=sign_ins["unit"], now=now
    )
    plan_project(
        need=needs[2],
        resource=resource,
        title="银龄手机课堂",
        plan="每月第一个周六上午，在社区党群服务中心授课。",
        by=sign_ins["unit"],
        today=today,
    )


def _make_agreement(
    unit: Organization, home: Community, sign_ins: dict[str, User], *, today: date
) -> None:
    """An agreement that ends soon, and a meeting with something overdue."""
    since = today.replace(month=1, day=1)
    record_agreement(
        organization=unit,
        community=home,
        title=f"{UNIT}与{COMMUNITY}党建共建协议",
        signed_on=since,
        starts_on=since,
        ends_on=today + timedelta(days=25),
        summary="组织联建、活动联办、资源共享，每季度召开一次联席会议。",
        by=sign_ins["unit"],
    )
    held_on = max(since, today - timedelta(days=20))
    record_meeting(
        community=home,
        title="季度共建联席会议",
        held_on=held_on,
        place=f"{COMMUNITY}党群服务中心",
        record="通报上季度共建情况，商定下一步工作。",
        organizations=[unit],
        agreed=[
            Agreed("沿江步道增设文明宣传牌", held_on + timedelta(days=10), unit),
            Agreed("统计独居老人名单和服务需求", today + timedelta(days=15)),
        ],
        by=sign_ins["community"],
    )
