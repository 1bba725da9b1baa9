"""Two callers at once about hours: the second sees what the first did."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.uploads import CheckedPhoto, remove_private
from tests.factories.accounts import UserFactory
from tests.factories.hours import (
    AttendanceFactory,
    PastShiftFactory,
    RecordFactory,
    ServedActivityFactory,
)
from tests.factories.volunteers import SignupFactory, VolunteerFactory
from tests.threads import before_commit_of
from volunteers.actions.corrections import correct_record, void_record
from volunteers.actions.disputes import answer_dispute, open_dispute
from volunteers.actions.excuses import excuse_signup
from volunteers.actions.hours import HoursRefused, confirm_record, reject_record
from volunteers.actions.late_entries import claim_late_entry
from volunteers.actions.settlement import resolve_check_out, settle_shift
from volunteers.models import HoursDispute, ServiceRecord, Signup

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def doing(action, **values):
    now = timezone.now()
    return lambda: action(by=values.pop("by", None) or UserFactory(), now=now, **values)


def settling(shift):
    return doing(settle_shift, shift=shift, excused=[])


def live_minutes():
    return list(ServiceRecord.objects.live().values_list("minutes", flat=True))


def test_settling_twice_at_once_settles_once():
    shift = PastShiftFactory()
    AttendanceFactory(signup__shift=shift)

    with before_commit_of(settling(shift)) as start:
        late = start(settling(shift))

    assert late.result() == 0
    assert live_minutes() == [120]


def test_two_shifts_settled_at_once_know_each_others_minutes():
    first = AttendanceFactory(
        signup__shift=PastShiftFactory(ends_at=PastShiftFactory().starts_at + 5 * HOUR)
    )
    start_of_second = first.signup.shift.ends_at
    second = AttendanceFactory(
        signup__volunteer=first.signup.volunteer,
        signup__shift=PastShiftFactory(
            starts_at=start_of_second, ends_at=start_of_second + 5 * HOUR
        ),
    )

    with before_commit_of(settling(first.signup.shift)) as start:
        late = start(settling(second.signup.shift))

    assert late.result() == 1
    levels = ServiceRecord.objects.order_by("pk").values_list("level", flat=True)
    assert list(levels) == ["direct", "superior"]


def test_resolving_a_check_out_while_settling_records_once():
    came = AttendanceFactory(checked_out_at=None)
    resolving = doing(
        resolve_check_out,
        attendance=came,
        checked_out_at=came.checked_in_at + HOUR,
        reason="示例",
    )

    with before_commit_of(resolving) as start:
        late = start(settling(came.signup.shift))

    assert late.result() == 1
    assert live_minutes() == [60]


def test_confirming_twice_at_once_confirms_once():
    record = RecordFactory(state="recorded")

    with before_commit_of(doing(confirm_record, record=record)) as start:
        late = start(doing(confirm_record, record=record))

    assert isinstance(late.exception(), HoursRefused)


def test_a_record_being_confirmed_is_not_rejected():
    record = RecordFactory(state="recorded")

    with before_commit_of(doing(confirm_record, record=record)) as start:
        late = start(doing(reject_record, record=record, reason="示例"))

    assert isinstance(late.exception(), HoursRefused)
    assert live_minutes() == [120]


def test_two_late_entries_of_one_time_are_taken_once():
    activity, volunteer = ServedActivityFactory(), VolunteerFactory()

    def claiming():
        return claim_late_entry(
            volunteer=volunteer,
            activity=activity,
            starts_at=activity.starts_at,
            ends_at=activity.starts_at + HOUR,
            reason="示例",
            proof=CheckedPhoto(b"photo", 1, 1, "0" * 64, "jpg", 5),
            now=timezone.now(),
        )

    with before_commit_of(claiming) as start:
        late = start(claiming)

    assert "重叠" in str(late.exception())
    remove_private(ServiceRecord.objects.get().proof)


@pytest.mark.parametrize("first", ["correct", "void"])
def test_correcting_against_voiding_leaves_one_of_them(first):
    record = RecordFactory()
    acts = {
        "correct": doing(
            correct_record,
            record=record,
            starts_at=record.starts_at,
            ends_at=record.ends_at + HOUR,
            reason="示例",
        ),
        "void": doing(void_record, record=record, reason="示例"),
    }
    second = acts["void" if first == "correct" else "correct"]

    with before_commit_of(acts[first]) as start:
        late = start(second)

    assert isinstance(late.exception(), HoursRefused)
    assert live_minutes() == ([180] if first == "correct" else [])


def test_disputing_twice_at_once_asks_once():
    record = RecordFactory()
    disputing = doing(
        open_dispute,
        signup=record.signup,
        text="示例",
        by=record.volunteer.user,
    )

    with before_commit_of(disputing) as start:
        late = start(
            doing(
                open_dispute,
                signup=record.signup,
                text="示例",
                by=record.volunteer.user,
            )
        )

    assert isinstance(late.exception(), HoursRefused)
    assert HoursDispute.objects.count() == 1


def test_answering_twice_at_once_answers_once():
    record = RecordFactory()
    dispute = HoursDispute.objects.create(signup=record.signup, text="示例")

    with before_commit_of(doing(answer_dispute, dispute=dispute, answer="一")) as start:
        late = start(doing(answer_dispute, dispute=dispute, answer="二"))

    assert isinstance(late.exception(), HoursRefused)
    assert HoursDispute.objects.get().answer == "一"


def test_excusing_twice_at_once_excuses_once():
    signup = SignupFactory(state=Signup.State.CANCELLED, is_late=True)

    with before_commit_of(doing(excuse_signup, signup=signup)) as start:
        late = start(doing(excuse_signup, signup=signup))

    assert isinstance(late.exception(), HoursRefused)
