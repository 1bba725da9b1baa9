"""The ledger of a person always sums, whatever was done to it."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.dates import minutes_by_day
from core.errors import RuleError
from core.uploads import CheckedPhoto
from tests.factories.accounts import UserFactory
from tests.factories.hours import (
    AttendanceFactory,
    PastShiftFactory,
    ServedActivityFactory,
    days_ago,
)
from tests.factories.volunteers import VolunteerFactory
from volunteers.actions import late_entries
from volunteers.actions.corrections import correct_record, void_record
from volunteers.actions.disputes import answer_dispute, open_dispute
from volunteers.actions.hours import confirm_record, reject_record
from volunteers.actions.late_entries import claim_late_entry
from volunteers.actions.settlement import settle_shift
from volunteers.models import ServiceRecord
from volunteers.queries.hours import ledger_of, ledger_sums

HOUR = timedelta(hours=1)
PHOTO = CheckedPhoto(b"photo", 1, 1, "0" * 64, "jpg", 5)
ACTS = ("serve", "claim", "correct", "void", "dispute", "confirm", "reject")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.integers(0, 40),  # the hour at which it starts
        st.integers(1, 15),  # its hours
        st.integers(0, 5),  # which record, and who
    ),
    min_size=4,
    max_size=14,
)


class Ledger:
    """One person, three officials, and what they do in four days."""

    def __init__(self):
        self.volunteer = VolunteerFactory()
        self.officials = [*UserFactory.create_batch(2), self.volunteer.user]
        self.midnight = days_ago(5, hour=0)
        self.activity = ServedActivityFactory(
            starts_at=self.midnight, ends_at=self.midnight + 96 * HOUR
        )

    def step(self, act, hour, hours, which):
        starts_at = self.midnight + hour * HOUR
        span = {"starts_at": starts_at, "ends_at": starts_at + hours * HOUR}
        by = {"by": self.officials[which % 3], "now": timezone.now()}
        records = list(ledger_of(self.volunteer.user).order_by("pk"))
        if act == "serve":
            return self.serve(span, **by)
        if act == "claim":
            return claim_late_entry(
                volunteer=self.volunteer,
                activity=self.activity,
                reason="示例",
                proof=PHOTO,
                now=by["now"],
                **span,
            )
        if not records:
            return None
        record = records[which % len(records)]
        if act == "correct":
            return correct_record(record=record, reason="示例", **span, **by)
        if act == "dispute":
            return record.signup and self.dispute(record.signup, span, **by)
        if act == "confirm":
            return confirm_record(record=record, **by)
        decide = void_record if act == "void" else reject_record
        return decide(record=record, reason="示例", **by)

    def serve(self, span, **by):
        # The real way in refuses clashes; here the roll holds whatever comes.
        shift = PastShiftFactory(activity=self.activity, **span)
        AttendanceFactory(signup__shift=shift, signup__volunteer=self.volunteer)
        settle_shift(shift=shift, excused=[], **by)

    def dispute(self, signup, span, *, by, now):
        dispute = open_dispute(
            signup=signup, text="示例", by=self.volunteer.user, now=now
        )
        answer_dispute(
            dispute=dispute,
            answer="示例",
            by=by,
            now=now,
            corrects=True,
            span=(span["starts_at"], span["ends_at"]),
        )


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_the_ledger_always_sums(steps, monkeypatch):
    monkeypatch.setattr(late_entries, "save_private", lambda *_: "proofs/x.jpg")
    ledger = Ledger()

    for step in steps:
        try:
            ledger.step(*step)
        except RuleError:
            continue

    rows = list(ledger_of(ledger.volunteer.user).order_by("starts_at"))
    counted = [row for row in rows if row.state == "confirmed"]
    sums = ledger_sums(ledger.volunteer.user)
    assert sums["confirmed"] == sum(row.minutes for row in counted)
    assert all(
        row.minutes == (row.ends_at - row.starts_at).total_seconds() // 60
        for row in rows
    )
    assert_no_overlap([row for row in rows if row.state in ServiceRecord.LIVE_STATES])
    assert_confirmed_by_who_may(counted, ledger.volunteer.user)


def assert_no_overlap(rows):
    for earlier, later in pairwise(rows):
        assert earlier.ends_at <= later.starts_at


def assert_confirmed_by_who_may(rows, person):
    """Days above a limit hold a record of that level, decided by a second person."""
    minutes, levels = {}, {}
    for row in rows:
        assert row.decided_by_id not in {None, person.pk}
        if row.level != "direct":
            assert row.decided_by_id != row.recorded_by_id
        for day, share in minutes_by_day(row.starts_at, row.ends_at).items():
            minutes[day] = minutes.get(day, 0) + share
            levels.setdefault(day, set()).add(row.level)
    for day, total in minutes.items():
        if total > 720:
            assert "office" in levels[day]
        elif total > 480:
            assert levels[day] & {"superior", "office"}
