"""Which shifts fit a person: the rules of one shift, for a page or for a filter.

`volunteers.rules` says why one shift is closed to a person. Here the same rules are
asked for all rows of a page from what two queries bring, and once more as a condition
on the database for the filter "fits me"; a test holds the two against each other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import User
from campaigns.models import Activity
from volunteers.models import Shift, ShiftPost, Signup, Volunteer, touches_night
from volunteers.models.shift import NIGHT_ENDS, NIGHT_STARTS
from volunteers.rules import posts_refusal, refusal_of_all, signup_refusal

SILENT = {"already_signed_up", "offered"}  # the row's badge says it


class Work(NamedTuple):
    """What the rules ask of an activity."""

    state: str
    risk: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the rules ask of a shift, without a model instance for each row."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    signup_opens_at: datetime | None
    signup_closes_at: datetime
    state: str
    capacity: int
    taken: int
    waiting: int
    waitlist_capacity: int
    is_adults_only: bool
    activity: Work

    @property
    def is_at_night(self) -> bool:
        """As of a shift."""
        return touches_night(self.starts_at, self.ends_at)

    @property
    def places_left(self) -> int:
        """As of a shift."""
        return max(self.capacity - self.taken, 0)


class Held:
    """A person's own sign-ups in the span of a page; what the rules call Known."""

    def __init__(self, user: User, candidates: list[Candidate]) -> None:
        self.states: dict[int, str] = {}
        self._spans: list[tuple] = []
        if not user.is_authenticated or not candidates:
            return
        signups = (
            Signup.objects.kept()
            .filter(volunteer__user_id=user.pk)
            .overlapping(
                min(one.starts_at for one in candidates),
                max(one.ends_at for one in candidates),
            )
        )
        rows = signups.order_by("pk").values_list(
            "shift_id",
            "state",
            "shift__state",
            "shift__starts_at",
            "shift__ends_at",
            "shift__title",
            "shift__activity__title",
        )
        for pk, state, shift_state, starts_at, ends_at, title, activity in rows:
            self.states[pk] = state
            if state == Signup.State.CONFIRMED and shift_state != Shift.State.CANCELLED:
                name = f"{activity} · {title}"
                self._spans.append((pk, name, starts_at, ends_at))

    def state(self, shift: Candidate) -> str | None:
        """The state of the person's kept sign-up for the shift, or None."""
        return self.states.get(shift.pk)

    def clash(self, shift: Candidate) -> tuple[str, datetime, datetime] | None:
        """Name, start and end of a confirmed shift at that time, or None."""
        for pk, name, starts_at, ends_at in self._spans:
            if (
                pk != shift.pk
                and starts_at < shift.ends_at
                and ends_at > shift.starts_at
            ):
                return name, starts_at, ends_at
        return None


def reasons_for(
    candidates: Iterable[Candidate],
    *,
    user: User,
    held: Held,
    with_posts: Collection[int],
    has_consent: bool,
    now: datetime,
) -> dict[int, str]:
    """Why the user cannot sign up, by shift; open ones and one's own are left out.

    `with_posts` are the numbers of the shifts that have posts: one query, if there are
    any and the user is signed in.
    """
    candidates = list(candidates)
    if not user.is_authenticated:
        found = {one.pk: refusal_of_all(one, now=now) for one in candidates}
        return {pk: str(refusal) for pk, refusal in found.items() if refusal}
    posts, skills = _posts(user, with_posts)
    volunteer = Volunteer(user=user, guardian_consented_at=now if has_consent else None)
    reasons = {}
    for one in candidates:
        refusal = signup_refusal(one, volunteer, now=now, known=held) or posts_refusal(
            one, posts.get(one.pk, ()), skills=skills
        )
        if refusal and refusal.code not in SILENT:
            reasons[one.pk] = str(refusal)
    return reasons


def _posts(user: User, shift_ids: Collection[int]) -> tuple[dict, set[int]]:
    """Posts by shift, and which of the skills asked for the person has."""
    if not shift_ids:
        return {}, set()
    own = Volunteer.skills.through.objects.filter(
        volunteer__user_id=user.pk, skill_id=OuterRef("skill_id")
    )
    found = (
        ShiftPost.objects.filter(shift__in=shift_ids)
        .select_related("skill")
        .annotate(is_able=Exists(own))
    )
    by_shift, skills = defaultdict(list), set()
    for post in found:
        by_shift[post.shift_id].append(post)
        if post.is_able:
            skills.add(post.skill_id)
    return by_shift, skills


def has_posts() -> Exists:
    """Whether a shift has posts, asked along with the shifts."""
    return Exists(ShiftPost.objects.filter(shift=OuterRef("pk")))


def has_consent_of(user: User) -> Exists:
    """Whether a guardian agreed, asked along with another query."""
    return Exists(
        Volunteer.objects.filter(user=user, guardian_consented_at__isnull=False)
    )


def fitting(shifts: models.QuerySet, *, user: User, now: datetime) -> models.QuerySet:
    """Those of the upcoming shifts the user could sign up for, by the same rules."""
    kept = Signup.objects.kept().filter(volunteer__user_id=user.pk)
    busy = (
        Signup.objects.confirmed()
        .filter(volunteer__user_id=user.pk)
        .overlapping(OuterRef("starts_at"), OuterRef("ends_at"))
        .exclude(shift__state=Shift.State.CANCELLED)
    )
    shifts = shifts.filter(
        Q(signup_opens_at=None) | Q(signup_opens_at__lte=now),
        _with_room(),
        _with_post(user),
        ~Exists(kept.filter(shift=OuterRef("pk"))),
        ~Exists(busy),
        activity__state=Activity.State.PUBLISHED,
        signup_closes_at__gt=now,
    )
    return _for_minors(shifts, user) if user.is_minor else shifts


def _with_room() -> Q:
    return Q(taken__lt=F("capacity")) | Q(waiting__lt=F("waitlist_capacity"))


def _with_post(user: User) -> Q:
    posts = ShiftPost.objects.filter(shift=OuterRef("pk"))
    skills = Volunteer.skills.through.objects.filter(volunteer__user_id=user.pk)
    able = Q(skill=None) | Q(skill__in=skills.values("skill"))
    free = Q(taken__lt=F("capacity")) | Q(
        shift__waiting__lt=F("shift__waitlist_capacity")
    )
    return ~Exists(posts) | Exists(posts.filter(able, free))


def _for_minors(shifts: models.QuerySet, user: User) -> models.QuerySet:
    night = time(NIGHT_STARTS)
    return shifts.filter(
        has_consent_of(user),
        is_adults_only=False,
        activity__risk=Activity.Risk.LOW,
        starts_at__time__gte=time(NIGHT_ENDS),
        starts_at__time__lt=night,
        ends_at__date=F("starts_at__date"),
        ends_at__time__lte=night,
    )
