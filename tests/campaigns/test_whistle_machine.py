"""Whistles moved at random by everybody: whatever happens, they stay true.

Hypothesis draws who tries what; each try goes the way of a view: is it seen at all, may
they do it at all, then the action. After each the rows are held against the district's
own account of who may (whistle_world) and of what holds (whistle_checks).
"""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from campaigns.actions import whistle_answers as answers
from campaigns.actions import whistle_dispatch as sending
from campaigns.actions import whistles as blowing
from campaigns.actions.whistle_clock import (
    close_unrated_whistles,
    erase_whistle_contacts,
    tell_overdue_whistles,
)
from campaigns.models import Whistle
from campaigns.rules import Deed, WhistleRefused, deeds_for, may, refusal_of
from communities.permissions import Permission, has_permission
from tests.campaigns.whistle_checks import (
    OVER,
    Log,
    Look,
    check_clocks,
    check_counts,
    check_states,
)
from tests.campaigns.whistle_world import OF_RESPONSE, SIDE_OF, District
from tests.factories.whistles import WhistleFactory

pytestmark = pytest.mark.django_db

STEPS = 100
# PostgreSQL answers in its own time; there fewer stories are enough.
STORIES = {"sqlite": 25, "postgresql": 4}
LEAST_STEPS = {"sqlite": 2000, "postgresql": 150}
# A Monday before the days off from 15 to 23 February.
START = timezone.make_aware(datetime(2026, 2, 9, 8, 40, 20))
# How often a deed is chosen that is possible; others eight times.
SELDOM = {
    **dict.fromkeys((Deed.EDIT, Deed.WITHDRAW, Deed.SEND_BACK, Deed.RELEASE), 1),
    **dict.fromkeys((Deed.RETURN, Deed.MERGE, Deed.ASK_PEOPLE), 3),
}
NEVER_MISSED = {
    *(Deed.ISSUE, Deed.DISPATCH, Deed.ACCEPT, Deed.RETURN, Deed.DELIVER),
    *(Deed.REOPEN, Deed.RATE),
}
LAST = timezone.make_aware(datetime(2026, 10, 31))  # while the calendar is known
SEEDS = st.integers(0, 2**32)
CLOCKS = (tell_overdue_whistles, close_unrated_whistles, erase_whistle_contacts)


class WhistleMachine(RuleBasedStateMachine):
    """One story; `district` is given by the test, `done` counts over all of them."""

    district: District
    done: Counter

    def __init__(self):
        super().__init__()
        self.story = transaction.atomic()
        self.story.__enter__()
        self.look, self.log = Look(START), Log()
        self.dice = Random(0)

    def teardown(self):
        transaction.set_rollback(True)
        self.story.__exit__(None, None, None)

    @property
    def now(self):
        return self.look.now

    # What happens ---------------------------------------------------------------

    @initialize(seed=SEEDS)
    def begin(self, seed):
        self.dice = Random(seed)
        for community in self.district.communities:
            [person] = [
                row for row in self.district.people if community.pk in row.blows
            ]
            self._write(person, community)
        self.look = Look(START)

    @precondition(lambda self: len(self._unended()) < 4)
    @rule(seed=SEEDS)
    def somebody_writes(self, seed):
        self.dice = Random(seed)
        community = self.dice.choice(self.district.communities)
        people = self.district.people
        person = self._one_of([row for row in people if community.pk in row.blows])
        self.done["tries"] += 1
        may_blow = has_permission(
            person.user, Permission.WHISTLE_BLOW, community=community
        )
        assert may_blow == (community.pk in person.blows)
        if may_blow:
            self._write(person, community)
        self._look_again(self.now, person, Deed.EDIT)

    @precondition(lambda self: self._unended())
    @rule(seed=SEEDS)
    def somebody_does_what_is_on(self, seed):
        self.dice = Random(seed)
        whistle = self.dice.choice(self._unended())
        possible = [
            (deed, response)
            for response in [None, *whistle.responses.all()]
            for deed in SIDE_OF
            if (deed in OF_RESPONSE) == (response is not None)
            and not refusal_of(deed, whistle, response)
            for _time in range(SELDOM.get(deed, 8))
        ]
        deed, response = self.dice.choice(possible)
        side, people = SIDE_OF[deed], self.district.people
        likely = [row for row in people if row.is_on(side, whistle, response)]
        self._try(self._one_of(likely), deed, whistle, response)

    # More often than the rest.
    and_then = and_so_on = and_on = somebody_does_what_is_on

    @rule(seed=SEEDS)
    def anybody_tries_anything(self, seed):
        self.dice = Random(seed)
        whistles, rows = self.look.whistles, self.look.responses
        deeds = [deed for deed in SIDE_OF if rows or deed not in OF_RESPONSE]
        deed, response = self.dice.choice(deeds), None
        if deed in OF_RESPONSE:
            response = self.dice.choice(list(rows.values()))
            whistle = response.whistle
        else:
            whistle = self.dice.choice(list(whistles.values()))
        self._try(self.dice.choice(self.district.people), deed, whistle, response)

    @precondition(lambda self: self.now < LAST)
    @rule(seed=SEEDS)
    def time_passes(self, seed):
        self.dice = Random(seed)
        hours = self.dice.choice([0, 1, 3, 8, 24, 72, 200])
        now = self.now + timedelta(hours=hours, minutes=self.dice.randint(1, 59))
        self.done["tries"] += 1
        for run in CLOCKS:
            self.done[run.__name__] += run(now=now)
        self._look_again(now, None, None)
        check_counts(self.look)

    # How it is done ---------------------------------------------------------------

    def _try(self, person, deed, whistle, response):
        """The way of a view: 404, 403, or the action, which may refuse."""
        user = person.user
        seen = Whistle.objects.visible_to(user).filter(pk=whistle.pk).exists()
        assert seen == person.can_see(whistle)
        is_allowed = may(user, deed, whistle, response)
        assert is_allowed == person.is_on(SIDE_OF[deed], whistle, response)
        is_offered = deed in deeds_for(user, whistle, response)
        is_possible = not refusal_of(deed, whistle, response)
        assert is_offered == (is_allowed and is_possible)
        self.done["tries"] += 1
        if not (seen and is_allowed):
            return
        try:
            self._carry_out(user, deed, whistle, response)
            is_done = True
        except WhistleRefused:
            is_done = False
        assert is_possible or not is_done
        self.done[deed.value] += is_done
        touched = {whistle.pk, *self.into} if is_done else set()
        self._look_again(self.now, person, deed, touched)

    into = ()

    def _carry_out(self, user, deed, whistle, response):
        units, dice = self.district.units, self.dice
        self.into = ()
        done = {"by": user, "now": self.now}
        if deed in OF_RESPONSE:
            done |= {"response": response}
        else:
            done |= {"whistle": whistle}
        why = {"reason": "示例理由"}
        work = {"text": "示例情况", "photos": []}
        match deed:
            case Deed.EDIT:
                values = {"urgency": dice.choice(["normal", "urgent"])}
                blowing.update_whistle(whistle=whistle, values=values, by=user)
            case Deed.ISSUE:
                unit = dice.choice([None, *units])
                blowing.issue_whistle(organization=unit, **done)
            case Deed.WITHDRAW:
                blowing.withdraw_whistle(**why, **done)
            case Deed.VERIFY:
                blowing.verify_whistle(**done)
            case Deed.REOPEN:
                blowing.reopen_whistle(**why, **done)
            case Deed.RATE:
                blowing.rate_whistle(
                    resolution=dice.choice(Whistle.Resolution.values),
                    is_satisfied=dice.random() < 0.5,
                    text="",
                    **done,
                )
            case Deed.DISPATCH:
                chosen = dice.choices(units, k=dice.choice([1, 1, 2]))
                sending.dispatch_whistle(organizations=chosen, note="", **done)
            case Deed.SEND_BACK:
                sending.send_back_whistle(**why, **done)
            case Deed.MERGE:
                into = dice.choice(self._beside(whistle))
                self.into = (into.pk,)
                sending.merge_whistle(into=into, **why, **done)
            case Deed.RELEASE:
                sending.release_response(**why, **done)
            case Deed.ACCEPT:
                answers.accept_whistle(**done)
            case Deed.RETURN:
                answers.return_whistle(**why, **done)
            case Deed.LOG:
                answers.log_whistle(**work, **done)
            case Deed.ASK_EXTENSION:
                until = self._day(dice.randint(-1, 12))
                answers.ask_extension(until=until, **why, **done)
            case Deed.ANSWER_EXTENSION:
                self._answer_extension(dice.random() < 0.5, response, user)
            case Deed.ASK_PEOPLE:
                held = self.district.activities[response.organization_id]
                answers.record_people_asked(activity=dice.choice(held), **done)
            case Deed.DELIVER:
                answers.deliver_whistle(**work, **done)

    def _answer_extension(self, is_granted, response, user):
        if not hasattr(response, "extension"):
            raise WhistleRefused("404")
        answers.answer_extension(
            extension=response.extension,
            is_granted=is_granted,
            answer="示例答复",
            by=user,
            now=self.now,
        )

    def _look_again(self, now, person, deed, touched=None):
        """Hold everything against what it was before."""
        before, self.look = self.look, Look(now)
        if touched is not None:
            assert self.look.changed_since(before) <= touched
        check_states(self.look)
        check_clocks(before, self.look)
        self.log.check(self.look, now, person, deed)

    def _write(self, person, community):
        days = self.dice.choice([None, None, -1, 0, 3, 9])
        whistle = WhistleFactory.build(
            community=community,
            category=self.district.category,
            urgency=self.dice.choice(["normal", "urgent", "emergency"]),
            wanted_by=None if days is None else self._day(days),
            resident_name="示例居民",
            resident_consented=True,
        )
        blowing.create_whistle(whistle=whistle, by=person.user)

    def _one_of(self, likely):
        """One of those, most often."""
        if not likely or self.dice.random() < 0.15:
            return self.dice.choice(self.district.people)
        return self.dice.choice(likely)

    def _beside(self, whistle):
        """Whistles of the same street, most often."""
        rows = list(self.look.whistles.values())
        street = whistle.community.subdistrict_id
        same = [row for row in rows if row.community.subdistrict_id == street]
        return rows if self.dice.random() < 0.2 else same

    def _unended(self):
        return [row for row in self.look.whistles.values() if row.state not in OVER]

    def _day(self, days):
        return timezone.localdate(self.now) + timedelta(days=days)


def test_whistles_moved_at_random_by_everybody_stay_true():
    stories = STORIES[connection.vendor]
    machine = type("Story", (WhistleMachine,), {})
    machine.district, machine.done = District(), Counter()

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=stories,
            stateful_step_count=STEPS,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert machine.done["tries"] >= LEAST_STEPS[connection.vendor], machine.done
    if connection.vendor == "sqlite":
        missed = {deed for deed in NEVER_MISSED if not machine.done[deed.value]}
        assert missed == set(), machine.done
        assert machine.done["tell_overdue_whistles"] > 0, machine.done
