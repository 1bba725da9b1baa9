"""Offers, groups and cancellations at once: nobody gets a place twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from core.errors import RuleError
from tests.factories.groups import CompanionFactory, SignupGroupFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.threads import before_commit_of
from tests.volunteers.counts import assert_counts_match, counts_of
from volunteers.actions import (
    accept_offer,
    cancel_signup,
    join_group,
    lapse_offers,
    sign_up,
)
from volunteers.models import Signup
from volunteers.rules import SignupClosed

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls):
    """Run the calls in as many threads; results, with None for a refusal."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait()
            return call()
        except RuleError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def signing_up(shift, volunteer):
    return lambda: sign_up(shift=shift, volunteer=volunteer, now=timezone.now())


def cancelling(signup):
    by = signup.volunteer.user
    return lambda: cancel_signup(signup=signup, by=by, now=timezone.now())


def accepting(signup, now=None):
    by, now = signup.volunteer.user, now or timezone.now()
    return lambda: accept_offer(signup=signup, by=by, now=now)


def offered(shift, **values):
    now = timezone.now()
    values = {"offered_at": now, "offer_ends_at": now + timedelta(hours=2), **values}
    return SignupFactory(shift=shift, state="offered", **values)


def test_cancelling_beside_signing_up_keeps_the_counts():
    shift = ShiftFactory(capacity=10)
    held = SignupFactory.create_batch(10, shift=shift)
    people = VolunteerFactory.create_batch(10)

    at_once(
        [cancelling(row) for row in held] + [signing_up(shift, row) for row in people]
    )

    assert_counts_match(shift)
    assert shift.signups.live().count() == 10
    positions = shift.signups.exclude(position=None).values_list("position", flat=True)
    assert len(set(positions)) == len(positions)


def test_one_person_posting_eight_times_has_one_row():
    shift, volunteer = ShiftFactory(), VolunteerFactory()

    made = at_once([signing_up(shift, volunteer)] * 8)

    assert sum(row is not None for row in made) == 1
    assert shift.signups.count() == 1
    assert_counts_match(shift)


def test_a_freed_place_is_offered_to_one_of_two_who_wait():
    shift = ShiftFactory(capacity=2)
    first, second = SignupFactory.create_batch(2, shift=shift)
    waiting = SignupFactory(shift=shift, state="waitlisted")

    with before_commit_of(cancelling(first)) as start:
        late = start(cancelling(second))

    assert late.result() == []
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    assert counts_of(shift) == {"taken": 1, "waiting": 0}
    assert_counts_match(shift)


def test_an_offer_that_lapses_cannot_be_taken_too():
    shift = ShiftFactory(capacity=1)
    offer = offered(shift)
    following = SignupFactory(shift=shift, state="waitlisted")

    with before_commit_of(lambda: lapse_offers(now=offer.offer_ends_at)) as start:
        late = start(accepting(offer))

    assert isinstance(late.exception(), SignupClosed)
    following.refresh_from_db()
    assert following.state == "offered"
    assert_counts_match(shift)


def test_an_offer_taken_does_not_lapse_too():
    shift = ShiftFactory(capacity=1)
    offer = offered(shift)

    with before_commit_of(accepting(offer)) as start:
        late = start(lambda: lapse_offers(now=offer.offer_ends_at))

    assert late.result() == 0
    offer.refresh_from_db()
    assert offer.state == "confirmed"


def test_two_sweepers_let_an_offer_lapse_once():
    shift = ShiftFactory(capacity=1)
    offer = offered(shift)
    SignupFactory.create_batch(2, shift=shift, state="waitlisted")

    def sweep():
        return lapse_offers(now=offer.offer_ends_at)

    with before_commit_of(sweep) as start:
        late = start(sweep)

    assert late.result() == 0
    assert Signup.objects.filter(state="offered").count() == 1
    assert_counts_match(shift)


def test_two_offers_at_one_time_cannot_both_be_taken():
    shift, volunteer = ShiftFactory(), VolunteerFactory()
    other = ShiftFactory(starts_at=shift.starts_at)
    first, second = (offered(row, volunteer=volunteer) for row in (shift, other))

    with before_commit_of(accepting(first)) as start:
        late = start(accepting(second))

    assert late.exception().code == "clash"
    assert Signup.objects.confirmed().count() == 1


def test_the_last_companion_places_go_to_as_many_as_there_are():
    shift = ShiftFactory(capacity=4)
    group = SignupGroupFactory(shift=shift)
    held = SignupFactory(shift=shift, volunteer=group.contact, group=group, heads=4)
    CompanionFactory.create_batch(3, group=group)
    people = VolunteerFactory.create_batch(8)

    def joining(person):
        return lambda: join_group(group=group, volunteer=person, now=timezone.now())

    joined = at_once([joining(person) for person in people])

    held.refresh_from_db()
    assert (sum(row is not None for row in joined), held.heads) == (3, 1)
    assert counts_of(shift) == {"taken": 4, "waiting": 0}
    assert_counts_match(shift)
