"""Two thousand random steps of people, clock and organiser: the rules always hold."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core.errors import RuleError
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.groups import ShiftPostFactory
from tests.factories.volunteers import ShiftFactory, VolunteerFactory
from tests.volunteers.counts import assert_counts_match
from volunteers.actions import (
    accept_offer,
    cancel_signup,
    join_group,
    lapse_offers,
    leave_companion,
    release_open_companions,
    sign_up,
    sign_up_group,
    update_shift,
)
from volunteers.models import Companion, Shift, Signup

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
EXAMPLES, STEPS = 40, 50  # two thousand
PERSON = st.integers(0, 8)
WHICH = st.integers(0, 99)
State = Signup.State


class SignupMachine(RuleBasedStateMachine):
    """A shift of a few places, with two posts or without, and nine people."""

    @initialize(has_posts=st.booleans(), capacity=st.integers(2, 5))
    def begin(self, has_posts, capacity):
        self.now = timezone.now()
        self.official = UserFactory()
        self.shift = ShiftFactory(capacity=capacity, waitlist_capacity=6)
        self.people = VolunteerFactory.create_batch(9)
        self.posts = [None]
        if has_posts:
            self.posts = [
                ShiftPostFactory(shift=self.shift, capacity=places)
                for places in (1, capacity - 1)
            ]
        self.positions: dict[int, int | None] = {}

    def pick(self, rows, which):
        rows = list(rows.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def do(self, action, **values):
        with suppress(RuleError):  # a refusal changes nothing
            action(now=self.now, **values)

    def _held(self):
        return Companion.objects.held().filter(group__shift=self.shift)

    def teardown(self):
        """The clock of the next example leaves this shift alone."""
        Shift.objects.update(state=Shift.State.CANCELLED)

    @rule(person=PERSON, which=WHICH)
    def sign_up(self, person, which):
        post = self.posts[which % len(self.posts)]
        volunteer = self.people[person]
        self.do(sign_up, shift=self.shift, volunteer=volunteer, post=post)

    @rule(person=PERSON, which=WHICH, count=st.integers(1, 3))
    def sign_up_group(self, person, which, count):
        self.do(
            sign_up_group,
            shift=self.shift,
            contact=self.people[person],
            kind="family",
            companions=[Companion() for _row in range(count)],
            post=self.posts[which % len(self.posts)],
        )

    @rule(person=PERSON, which=WHICH)
    def join(self, person, which):
        if group := self.pick(self.shift.groups.all(), which):
            self.do(join_group, group=group, volunteer=self.people[person])

    @rule(which=WHICH)
    def leave(self, which):
        if companion := self.pick(self._held(), which):
            self.do(leave_companion, companion=companion, by=self.official)

    @rule(which=WHICH)
    def cancel(self, which):
        if signup := self.pick(self.shift.signups.live(), which):
            self.do(cancel_signup, signup=signup, by=signup.volunteer.user)

    @rule(which=WHICH)
    def accept(self, which):
        offers = self.shift.signups.filter(state=State.OFFERED)
        if signup := self.pick(offers, which):
            self.do(accept_offer, signup=signup, by=signup.volunteer.user)

    @rule(hours=st.integers(1, 9))
    def let_time_pass(self, hours):
        self.now += timedelta(hours=hours)
        lapse_offers(now=self.now)
        release_open_companions(now=self.now)

    @rule(capacity=st.integers(1, 7))
    def change_capacity(self, capacity):
        self.do(
            update_shift,
            shift=self.shift,
            values={"capacity": capacity},
            by=self.official,
            moves_latest=True,
        )

    @invariant()
    def counts_match_the_rows(self):
        assert_counts_match(self.shift)

    @invariant()
    def nobody_has_two_rows(self):
        people = list(self.shift.signups.kept().values_list("volunteer", flat=True))
        assert len(people) == len(set(people))

    @invariant()
    def positions_are_given_once_and_never_change(self):
        now = dict(self.shift.signups.values_list("pk", "position"))
        given = [position for position in now.values() if position]
        assert len(given) == len(set(given))
        for pk, position in self.positions.items():
            assert position in (None, now[pk])
        self.positions = now

    @invariant()
    def no_place_stays_free_for_who_fits(self):
        """So the first who fits was served: no later one can have got the place."""
        shift = Shift.objects.get(pk=self.shift.pk)
        if shift.starts_at - timedelta(hours=2) <= self.now:
            return
        for signup in shift.signups.waitlisted().select_related("post"):
            assert (signup.post or shift).places_left < signup.heads

    @invariant()
    def each_state_has_its_line_in_the_log(self):
        states = self.shift.signups.values_list("pk", "state")
        said = AuditEntry.objects.filter(target_type="volunteers.Signup")
        last = dict(said.order_by("pk").values_list("target_id", "verb"))
        for pk, state in states:
            assert last[pk] == f"volunteers.signup_{state}"


@pytest.mark.usefixtures("db")
def test_the_rules_hold_through_two_thousand_steps():
    run_state_machine_as_test(
        SignupMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
