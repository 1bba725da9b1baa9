"""Free places are offered to those who wait, for a limited time."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import models

from core.transactions import retried_atomic
from volunteers.actions.companions import end_group_of
from volunteers.actions.each import sum_over
from volunteers.actions.locks import lock_shift
from volunteers.models import Shift, ShiftPost, Signup
from volunteers.notices.signups import offer_lapsed, place_offered
from volunteers.rules import binding_elsewhere


def take_place(shift: Shift, heads: int, post: ShiftPost | None) -> dict[str, object]:
    """Count places of the locked shift as taken, or give a position on the waitlist.

    Returns the fields of the sign-up. Save the counts with `save_counts`.
    """
    if _free(shift, post) >= heads:
        shift.taken += heads
        _add_to_post(post, heads)
        return {"state": Signup.State.CONFIRMED}
    position = shift.next_position
    shift.next_position += 1
    shift.waiting += heads
    return {"state": Signup.State.WAITLISTED, "position": position}


def free_place(shift: Shift, signup: Signup, heads: int | None = None) -> None:
    """Count the places of a sign-up that is given up, wholly or in part, as free."""
    heads = signup.heads if heads is None else heads
    if signup.state in Signup.PLACED_STATES:
        shift.taken -= heads
        _add_to_post(_post_of(signup), -heads)
    elif signup.state == Signup.State.WAITLISTED:
        shift.waiting -= heads


def _post_of(signup: Signup) -> ShiftPost | None:
    """Read anew: its count changes under the shift's lock alone."""
    if signup.post_id is None:
        return None
    return ShiftPost.objects.get(pk=signup.post_id)


def _add_to_post(post: ShiftPost | None, heads: int) -> None:
    if post is not None:
        post.taken += heads
        post.save(update_fields=["taken"])


def offer_places(shift: Shift, *, now: datetime) -> list[Signup]:
    """Offer the free places of the locked shift to those who wait, first come first.

    Persons whose other shifts clash, closed accounts, and groups for whom there is
    not room enough are skipped and keep their position. Nothing is offered within
    `OFFER_FREEZE_HOURS` of the start. Returns the offered sign-ups.
    Source: PRODUCT section 4, places; decision 0013.
    """
    if shift.state != Shift.State.SCHEDULED or shift.starts_at - _freeze() <= now:
        return []
    offered = []
    while shift.has_places and shift.waiting and (line := _next_in_line(shift)):
        # Whoever stands first in the line fits, so every look gives a place away.
        posts = shift.posts.in_bulk()
        for signup in line:
            post = posts.get(signup.post_id)
            if _free(shift, post) >= signup.heads:
                _offer(shift, signup, post, now=now)
                offered.append(signup)
    return offered


def _freeze() -> timedelta:
    return timedelta(hours=settings.OFFER_FREEZE_HOURS)


def _next_in_line(shift: Shift) -> list[Signup]:
    """Who could be offered a place by the counts as they are, in order."""
    has_post = models.Q(post=None) | models.Q(
        post__capacity__gte=models.F("post__taken") + models.F("heads")
    )
    elsewhere = binding_elsewhere(shift).filter(volunteer=models.OuterRef("volunteer"))
    line = shift.signups.waitlisted().filter(
        has_post,
        ~models.Exists(elsewhere),
        heads__lte=shift.places_left,
        volunteer__user__is_active=True,
    )
    return list(line.select_related("volunteer__user")[: shift.places_left])


def _free(shift: Shift, post: ShiftPost | None) -> int:
    return shift.places_left if post is None else post.places_left


def _offer(
    shift: Shift, signup: Signup, post: ShiftPost | None, *, now: datetime
) -> None:
    signup.shift = shift
    shift.waiting -= signup.heads
    shift.taken += signup.heads
    _add_to_post(post, signup.heads)
    signup.move_to(
        Signup.State.OFFERED,
        by=None,
        offered_at=now,
        offer_ends_at=offer_end(shift, now=now),
    )
    place_offered(signup)


def offer_end(shift: Shift, *, now: datetime) -> datetime:
    """Until when a place offered now is held.

    Half the time left until the start, at most `OFFER_MOST_HOURS`, at least
    `OFFER_LEAST_HOURS`, never past the start.
    """
    left = shift.starts_at - now
    most = timedelta(hours=settings.OFFER_MOST_HOURS)
    least = timedelta(hours=settings.OFFER_LEAST_HOURS)
    return min(now + max(min(left / 2, most), least), shift.starts_at)


def save_counts(shift: Shift) -> None:
    """Write what was counted on the locked shift."""
    shift.save(update_fields=["taken", "waiting", "next_position"])


def lapse_offers(*, now: datetime) -> int:
    """Let offers lapse whose time is over, and offer their places to the next.

    Also offers places nobody could be offered before (a clash that is gone). Safe to
    run twice at once. Returns how many offers lapsed.
    """
    over = _over(Signup.objects.all(), now).exclude(shift__state=Shift.State.CANCELLED)
    idle = Shift.objects.filter(
        state=Shift.State.SCHEDULED,
        starts_at__gt=now + _freeze(),
        waiting__gt=0,
        taken__lt=models.F("capacity"),
    )
    shifts = set(over.values_list("shift_id", flat=True))
    shifts.update(shift.pk for shift in idle if _next_in_line(shift))
    return sum_over(sorted(shifts), partial(_lapse, now=now))


def _over(signups: models.QuerySet, now: datetime) -> models.QuerySet:
    return signups.filter(state=Signup.State.OFFERED, offer_ends_at__lte=now)


@retried_atomic
def _lapse(shift_id: int, *, now: datetime) -> int:
    shift = lock_shift(shift_id)
    if shift.state == Shift.State.CANCELLED:
        return 0  # since it was listed; its rows stay as they are
    lapsed = list(_over(shift.signups, now).select_related("volunteer").order_by("pk"))
    for signup in lapsed:
        signup.shift = shift
        free_place(shift, signup)
        signup.move_to(Signup.State.LAPSED, by=None)
        offer_lapsed(signup)
        end_group_of(signup, now=now)
    offer_places(shift, now=now)
    save_counts(shift)
    return len(lapsed)
