"""Fills an empty database with a stated number of activities, shifts, sign-ups."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import User
from bench.bare_app.models import BareShift
from campaigns.models import (
    Activity,
    Campaign,
    Evidence,
    EvidenceFile,
    Initiative,
    Pillar,
)
from communities.actions import save_organization
from communities.actions.history import keep_version
from communities.models import Community, Membership, Organization, Subdistrict
from volunteers.models import Shift, Signup, Volunteer

PEOPLE = 2000
ORGANIZATIONS = 400
COMMUNITIES = 180
CAPACITY = 20
BATCH = 2000
FIRST_START = timedelta(days=3)
STEP = timedelta(minutes=5)  # between the starts of two shifts
LENGTH = timedelta(minutes=4)  # so that a person's shifts do not clash


def grow_to(size: int) -> None:
    """Bring the database to `size` activities, each with a shift and a sign-up.

    Every shift is upcoming and listed, the dearest case for the list of shifts.
    """
    if not User.objects.exists():
        _make_registers()
    done = Activity.objects.count()
    began_at = (
        timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        + FIRST_START
    )
    for start in range(done, size, BATCH):
        _make_work(range(start, min(start + BATCH, size)), began_at)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill_signups(a_shift: int) -> int:
    """Give every shift that many confirmed sign-ups; returns how many there are.

    In SQL, because a million rows are wanted. The people are those of the second
    half, each at most once a shift.
    """
    half = PEOPLE // 2
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            "WITH people AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n"
            "  FROM volunteers_volunteer ORDER BY id OFFSET %(half)s)"
            " INSERT INTO volunteers_signup (state_changed_at, shift_id, volunteer_id,"
            "  state, heads, is_moved, is_walk_in, is_late, is_excused, reason,"
            "  created_at)"
            " SELECT now(), s.id, p.id, 'confirmed', 1, false, false, false, false,"
            "  '', now()"
            " FROM volunteers_shift s"
            " CROSS JOIN generate_series(1, %(a_shift)s) k"
            " JOIN people p ON p.n = %(half)s + (s.id + k * 37) %% %(half)s"
            " ON CONFLICT DO NOTHING",
            {"half": half, "a_shift": a_shift},
        )
        cursor.execute(
            "UPDATE volunteers_shift SET taken = c.taken FROM (SELECT shift_id,"
            " count(*) AS taken FROM volunteers_signup WHERE state = 'confirmed'"
            " GROUP BY shift_id) c WHERE c.shift_id = volunteers_shift.id"
        )
        cursor.execute("VACUUM ANALYZE")
    return Signup.objects.count()


def _make_registers() -> None:
    office = User.objects.create(username="bench-office", display_name="示例文明办")
    Membership.objects.create(
        user=office, role=Membership.Role.OFFICE, starts_on=date(2020, 1, 1)
    )
    Campaign.objects.create(
        title="示例创城行动", starts_on=date(2026, 1, 1), state=Campaign.State.ACTIVE
    )
    street = Subdistrict.objects.create(code="350699000000", name="示例街道")
    Community.objects.bulk_create(
        Community(
            code=f"3506990{n:05d}",
            name=f"示例{n}社区",
            official_name=f"示例{n}社区居委会",
            kind=Community.Kind.RESIDENTS,
            subdistrict=street,
        )
        for n in range(COMMUNITIES)
    )
    for community in Community.objects.all():
        keep_version(community)
    _make_organizations()
    User.objects.bulk_create(
        User(
            username=f"bench{n}",
            display_name=f"示例人员{n}",
            phone=f"+86138{n:08d}",
            age_band=User.AgeBand.ADULT,
        )
        for n in range(PEOPLE)
    )
    people = User.objects.filter(username__regex=r"^bench\d").order_by("pk")
    Volunteer.objects.bulk_create(Volunteer(user=user) for user in people)


def _make_organizations() -> None:
    values = {"starts_on": date(2020, 1, 1), "by": None}
    root = _organization(
        "示例工委", Organization.Kind.WORKING_COMMITTEE, None, **values
    )
    for n in range(ORGANIZATIONS):
        _organization(f"示例党支部{n}", Organization.Kind.BRANCH, root, **values)


def _organization(name, kind, parent, *, starts_on, by) -> Organization:
    organization = Organization(
        name=name,
        code=f"BENCH-{name}"[:20],
        kind=kind,
        parent=parent,
        unit_name=name,
        starts_on=starts_on,
    )
    return save_organization(organization=organization, by=by)


def _make_work(numbers: range, began_at: datetime) -> None:
    campaign = Campaign.objects.get()
    initiatives = list(Initiative.objects.select_related("pillar"))
    organizations = list(Organization.objects.values_list("pk", flat=True))
    communities = list(Community.objects.values_list("pk", flat=True))
    people = list(Volunteer.objects.order_by("pk").values_list("pk", flat=True))
    pillars = list(Pillar.objects.values_list("pk", flat=True))
    activities = [
        Activity(
            campaign=campaign,
            organization_id=organizations[n % len(organizations)],
            pillar_id=(initiative := initiatives[n % len(initiatives)]).pillar_id,
            second_pillar_id=_second(pillars, initiative.pillar_id, n),
            initiative=initiative,
            title=f"示例志愿活动第{n}场",
            starts_at=began_at + n * STEP,
            ends_at=began_at + n * STEP + LENGTH,
            place=f"示例广场{n}号门",
            community_id=communities[n % len(communities)],
            participant_count=n % 60,
            state=Activity.State.PUBLISHED,
            submitted_at=began_at,
            reviewed_at=began_at,
        )
        for n in numbers
    ]
    Activity.objects.bulk_create(activities)
    shifts = [
        Shift(
            activity=activity,
            title="示例岗位",
            starts_at=activity.starts_at,
            ends_at=activity.ends_at,
            place=activity.place,
            community_id=activity.community_id,
            capacity=CAPACITY,
            taken=1,
            signup_closes_at=activity.starts_at - timedelta(hours=24),
        )
        for activity in activities
    ]
    Shift.objects.bulk_create(shifts)
    Signup.objects.bulk_create(
        Signup(
            shift=shift,
            # The second half; the first is who signs up in the bench.
            volunteer_id=people[PEOPLE // 2 + n % (PEOPLE // 2)],
            state=Signup.State.CONFIRMED,
        )
        for n, shift in zip(numbers, shifts, strict=True)
    )
    _make_evidence(activities)
    BareShift.objects.bulk_create(
        BareShift(title=a.title, place=a.place, starts_at=a.starts_at)
        for a in activities
    )


def _second(pillars: list[int], first: int, n: int) -> int | None:
    second = pillars[n % len(pillars)]
    return None if n % 2 or second == first else second


def _make_evidence(activities: list[Activity]) -> None:
    office = User.objects.get(username="bench-office")
    proven = activities[::2]
    files = EvidenceFile.objects.bulk_create(
        EvidenceFile(
            path=f"bench/{activity.pk}.jpg",
            width=10,
            height=10,
            size=100,
            sha256=f"{activity.pk:064d}",
            uploaded_by=office,
        )
        for activity in proven
    )
    Evidence.objects.bulk_create(
        Evidence(activity=activity, file=file, purpose="示例照片", added_by=office)
        for activity, file in zip(proven, files, strict=True)
    )
