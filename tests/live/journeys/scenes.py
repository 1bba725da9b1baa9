"""Scenes: what others did before a journey begins; run by `backstage.py`.

Every scene makes streets, communities, units and persons of its own with names of their
own, so that journeys of both widths, and of all workers, stay out of each other's way.
Answers are plain: numbers, texts, dicts of them.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from django.utils import timezone

from accounts.models import Notification, User
from campaigns.actions.activities import submit_activity
from campaigns.actions.evidence import add_evidence, words_of
from campaigns.actions.reviews import review_activity
from campaigns.actions.task_issuing import issue_task
from campaigns.actions.whistle_answers import accept_whistle, deliver_whistle
from campaigns.actions.whistle_dispatch import dispatch_whistle
from campaigns.actions.whistles import create_whistle, issue_whistle, rate_whistle
from campaigns.models import (
    Activity,
    Campaign,
    Initiative,
    Review,
    Task,
    Whistle,
    WhistleCategory,
)
from communities.actions import grant_membership
from communities.models import (
    Community,
    Membership,
    Organization,
    PairingNotice,
    Subdistrict,
)
from core.dates import day_starts_at
from core.text import pinyin_of
from tests.factories.accounts import DeliveryFactory, NotificationFactory, UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    PairingFactory,
    SubdistrictFactory,
)
from tests.factories.hours import AttendanceFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from tests.live.office_data import make
from tests.live.race_data import sessions_of
from volunteers.actions import sign_up as sign_up_for
from volunteers.actions import volunteer_of
from volunteers.actions.certificates import issue_certificate
from volunteers.actions.guardians import ask_guardian, give_guardian_consent
from volunteers.actions.settlement import settle_shift
from volunteers.models import Shift
from xiangcheng_portal.demo.pictures import draw_photo

Role = Membership.Role
LONG_AGO = date(2020, 1, 1)
NEXT = count()
# No two begin with the same letter: names are looked for by their initials, too.
FIRST, SECOND = "青白兰松竹榕荷菊枫棠云梅溪", "禾鹭亭坂浦洲园港湾井"
WORDS = iter([first + second for second in SECOND for first in FIRST])


def _word() -> str:
    """Two characters no other scene has, nor their initials."""
    return next(WORDS)


def _who(user: User) -> dict:
    """Somebody, with the session by which they are signed in."""
    return {
        "pk": user.pk,
        "username": user.username,
        "name": user.display_name,
        "phone": user.plain_phone,
        "email": user.email,
        "session": sessions_of([user])[0],
    }


def demo(username: str) -> dict:
    """One of the sign-ins of the demonstration, signed in."""
    return _who(User.objects.get(username=username))


def neighbourhood() -> dict:
    """A street with a community, a unit paired with it, an official of each."""
    word = _word()
    street = SubdistrictFactory(name=f"{word}街道")
    community = CommunityFactory(name=f"{word}社区", subdistrict=street)
    branch = _unit(word)
    _pair(branch, community)
    return {
        "word": word,
        "street": {"pk": street.pk, "name": street.name},
        "community": {"pk": community.pk, "name": community.name},
        "branch": {
            "pk": branch.pk,
            "name": branch.name,
            "unit": branch.unit_name,
        },
        "unit_official": _official(f"{word}联络员", Role.UNIT, branch),
        "street_official": _official(f"{word}街道干部", Role.STREET, street),
        "community_official": _official(f"{word}社区干部", Role.COMMUNITY, community),
    }


def _unit(word: str) -> Organization:
    return OrganizationFactory(
        kind=Organization.Kind.GENERAL_BRANCH,
        name=f"{word}局党总支",
        unit_name=f"{word}局",
        parent=Organization.objects.get(parent=None),
    )


def _pair(branch: Organization, community: Community) -> None:
    """Since the standing notice."""
    notice = PairingNotice.objects.earliest("pk")
    PairingFactory(
        organization=branch,
        community=community,
        notice=notice,
        starts_on=notice.starts_on,
    )


def _official(name: str, role: str, scope) -> dict:
    user = UserFactory(display_name=name)
    grant_membership(user=user, role=role, scope=scope, by=None, starts_on=LONG_AGO)
    return _who(user)


def another_unit() -> dict:
    """A unit without a community."""
    branch = _unit(_word())
    return {"pk": branch.pk, "name": branch.name, "unit": branch.unit_name}


def another_community(street: int, branch: int | None = None) -> dict:
    """A community of the street, paired with the branch if one is given."""
    community = CommunityFactory(
        name=f"{_word()}社区", subdistrict=Subdistrict.objects.get(pk=street)
    )
    if branch is not None:
        _pair(Organization.objects.get(pk=branch), community)
    return {"pk": community.pk, "name": community.name}


def volunteer(name: str = "柳示例", *, minor: bool = False) -> dict:
    """Somebody who is on no roll yet; takes mails at any hour."""
    number = next(NEXT)
    user = UserFactory(
        display_name=name,
        phone=f"+86139{number:08d}",
        email=f"traveller{number}@example.invalid",
        age_band=User.AgeBand.MINOR if minor else User.AgeBand.ADULT,
    )
    volunteer_of(user)
    return _who(user)


def guardian_agreed(user: int) -> str:
    """The minor's guardian has agreed; returns the path of their link."""
    person = User.objects.get(pk=user)
    consent = ask_guardian(volunteer=volunteer_of(person), by=person)
    consent = give_guardian_consent(
        consent=consent, guardian_name="示例家长", now=timezone.now()
    )
    return f"/guardians/{consent.token}/"


def shift(
    place: dict,
    *,
    title: str,
    hours: float = 72,
    days: int = 0,
    at: int = 9,
    capacity: int = 1,
) -> dict:
    """A published activity of the unit with a shift of two hours in so many `hours`.

    With `days`, that many days from now at the hour `at`. The unit's official
    leads it. Sign-up stays open until the start.
    """
    starts_at = timezone.now() + timedelta(hours=hours)
    if days:
        day = timezone.localdate() + timedelta(days=days)
        starts_at = day_starts_at(day) + timedelta(hours=at)
    activity = _activity(
        place, title=f"{place['word']}{title}", starts_at=starts_at, state="published"
    )
    activity.leaders.add(place["unit_official"]["pk"])
    row = ShiftFactory(
        activity=activity,
        title="上游岸线",
        capacity=capacity,
        place="九龙江畔",
        signup_closes_at=starts_at,
    )
    return {
        "pk": row.pk,
        "name": f"{activity.title} · {row.title}",
        "activity": activity.title,
        "initials": pinyin_of(activity.title)[1],
        "path": f"/shifts/{row.pk}/",
    }


def _activity(place: dict, *, title: str, starts_at, state: str, **values) -> Activity:
    initiative = Initiative.objects.get(title=values.pop("initiative", "志愿服务活动"))
    return ActivityFactory(
        campaign=Campaign.objects.get(state=Campaign.State.ACTIVE),
        organization=Organization.objects.get(pk=place["branch"]["pk"]),
        community=Community.objects.get(pk=place["community"]["pk"]),
        initiative=initiative,
        pillar=initiative.pillar,
        counts_as_service=initiative.counts_as_service,
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place=f"{place['community']['name']}党群服务中心",
        state=state,
        created_by_id=place["unit_official"]["pk"],
        **values,
    )


def sign_up(shift: int, users: list[int]) -> list[str]:
    """They sign up, one after the other; returns the states they got."""
    row = Shift.objects.get(pk=shift)
    people = [volunteer_of(User.objects.get(pk=user)) for user in users]
    now = timezone.now()
    return [
        sign_up_for(shift=row, volunteer=person, now=now).state for person in people
    ]


def served(place: dict, *, name: str = "柳示例") -> dict:
    """A volunteer came to a shift of the unit that is over and settled: two hours."""
    who = volunteer(name)
    row = shift(place, title="护河值守", hours=-5)
    done = Shift.objects.get(pk=row["pk"])
    by = User.objects.get(pk=place["unit_official"]["pk"])
    AttendanceFactory(
        signup=SignupFactory(
            shift=done, volunteer=volunteer_of(User.objects.get(pk=who["pk"]))
        ),
        checked_in_by=by,
    )
    settle_shift(shift=done, excused=[], by=by, now=timezone.now())
    return {"volunteer": who, "shift": row}


def certified(place: dict, *, name: str = "柳示例") -> dict:
    """The same, and the hours certified; with the number."""
    found = served(place, name=name)
    holder, today = User.objects.get(pk=found["volunteer"]["pk"]), timezone.localdate()
    certificate = issue_certificate(
        volunteer=volunteer_of(holder),
        from_on=today.replace(month=1, day=1),
        until_on=today,
        by=holder,
        now=timezone.now(),
    )
    return {**found, "number": certificate.number}


def submitted(place: dict, *, title: str, initiative: str = "志愿服务活动") -> dict:
    """An activity of the unit with photos that waits for the office."""
    starts_at = timezone.now() - timedelta(days=2)
    activity = _activity(
        place,
        title=f"{place['word']}{title}",
        starts_at=starts_at,
        state=Activity.State.DRAFT,
        initiative=initiative,
        text="逐户讲解创城知识，听取居民意见。",
        participant_count=16,
    )
    by, dice = User.objects.get(pk=place["unit_official"]["pk"]), Random(activity.pk)
    for _number in range(2):
        words = replace(words_of(activity), people="支部党员和居民")
        add_evidence(target=activity, upload=draw_photo(dice), words=words, by=by)
    activity = submit_activity(activity=activity, by=by)
    return {
        "pk": activity.pk,
        "title": activity.title,
        "path": f"/activities/{activity.pk}/",
    }


def approved(place: dict, *, title: str, initiative: str = "志愿服务活动") -> dict:
    """An activity of the unit the office has approved."""
    row = submitted(place, title=title, initiative=initiative)
    review_activity(
        activity=Activity.objects.get(pk=row["pk"]),
        decision=Review.Decision.APPROVED,
        by=User.objects.get(username="office"),
    )
    return row


def task(place: dict, *, title: str, initiative: str) -> dict:
    """The office has handed the unit a task, due in a week."""
    row = issue_task(
        task=Task(
            campaign=Campaign.objects.get(state=Campaign.State.ACTIVE),
            initiative=Initiative.objects.get(title=initiative),
            title=f"{place['word']}{title}",
            text="每个支部一次，留下照片。",
            due_on=timezone.localdate() + timedelta(days=7),
        ),
        organizations=[Organization.objects.get(pk=place["branch"]["pk"])],
        by=User.objects.get(username="office"),
    )
    return {"pk": row.pk, "title": row.title, "initiative": initiative}


def whistle(place: dict, *, dispatched: bool = False) -> dict:
    """The community has blown; the street has passed it to the unit, if so."""
    row = Whistle(
        community_id=place["community"]["pk"],
        category=WhistleCategory.objects.get(title="设施维修"),
        title=f"{place['word']}地下通道积水",
        text="雨后积水没过脚踝，老人绕行不便。",
        place="示例路地下通道",
        needs_people=6,
        resident_name="示例大爷",
        resident_phone="+8613800009005",
        resident_consented=True,
    )
    by = User.objects.get(pk=place["community_official"]["pk"])
    row = create_whistle(whistle=row, by=by)
    row = issue_whistle(whistle=row, by=by, now=timezone.now())
    if dispatched:
        dispatch(place, whistle=row.pk)
    return {"pk": row.pk, "title": row.title, "path": f"/desk/whistles/{row.pk}/"}


def dispatch(place: dict, *, whistle: int) -> bool:
    """The street passes the whistle to the unit."""
    dispatch_whistle(
        whistle=Whistle.objects.get(pk=whistle),
        organizations=[Organization.objects.get(pk=place["branch"]["pk"])],
        note="请带泵到场。",
        by=User.objects.get(pk=place["street_official"]["pk"]),
        now=timezone.now(),
    )
    return True


def rated_whistle(place: dict) -> dict:
    """A whistle the unit has answered and the community has rated."""
    row = whistle(place, dispatched=True)
    found, now = Whistle.objects.get(pk=row["pk"]), timezone.now()
    unit = User.objects.get(pk=place["unit_official"]["pk"])
    response = accept_whistle(response=found.responses.get(), by=unit, now=now)
    deliver_whistle(response=response, text="积水已抽干。", photos=[], by=unit, now=now)
    rate_whistle(
        whistle=found,
        resolution=Whistle.Resolution.SOLVED,
        is_satisfied=True,
        text="感谢支持。",
        by=User.objects.get(pk=place["community_official"]["pk"]),
        now=now,
    )
    return row


def stuck_mail() -> dict:
    """A mail whose sender died between sending it and saying so."""
    who, yesterday = volunteer("滞留示例"), timezone.now() - timedelta(days=1)
    delivery = DeliveryFactory(
        notification=NotificationFactory(
            recipient=User.objects.get(pk=who["pk"]),
            kind="settlement_reminder",
            title="请结算班次",
            outbox_state=Notification.OutboxState.ROUTED,
        ),
        send_state="sending",
        due_at=yesterday,
        started_at=yesterday,
    )
    return {"pk": delivery.pk}


def month(people: int, shifts: int, title: str, name: str) -> int:
    """So many people of that name in so many shifts; returns the sign-ups."""
    return make(people, shifts, title, name)
