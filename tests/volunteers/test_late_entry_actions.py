"""Hours entered late by the person."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import Notification
from core.uploads import CheckedPhoto, remove_private
from tests.factories.communities import MembershipFactory
from tests.factories.hours import (
    PastShiftFactory,
    RecordFactory,
    ServedActivityFactory,
    days_ago,
)
from tests.factories.volunteers import SignupFactory, VolunteerFactory
from volunteers.actions.hours import HoursRefused
from volunteers.actions.late_entries import claim_late_entry
from volunteers.models import ServiceRecord

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PHOTO = CheckedPhoto(b"photo", 1, 1, "0" * 64, "jpg", 5)


@pytest.fixture(autouse=True)
def no_photo_stays():
    """The files of the entries are taken away again."""
    yield
    for name in ServiceRecord.objects.exclude(proof="").values_list("proof", flat=True):
        remove_private(name)


def claim(activity, volunteer, first=0, hours=1, **values):
    starts_at = activity.starts_at + first * HOUR
    asked = {
        "starts_at": starts_at,
        "ends_at": starts_at + hours * HOUR,
        "reason": "示例理由",
        "proof": PHOTO,
        "now": timezone.now(),
    }
    return claim_late_entry(activity=activity, volunteer=volunteer, **asked | values)


def test_claim_waits_for_an_official_with_its_proof():
    activity, volunteer = ServedActivityFactory(), VolunteerFactory()
    official = MembershipFactory(role="unit", organization=activity.organization).user

    entry = claim(activity, volunteer)

    assert (entry.state, entry.minutes, entry.kind) == ("in_review", 60, "late")
    with default_storage.open(entry.proof) as kept:
        assert kept.read() == b"photo"
    assert Notification.objects.get().recipient == official


@pytest.mark.parametrize(
    ("activity", "values", "words"),
    [
        ({"counts_as_service": False}, {}, "不计"),
        ({"state": "cancelled"}, {}, "没有举行"),
        ({}, {"hours": 0}, "晚于开始"),
        ({}, {"first": -1}, "活动时间"),
        ({}, {"first": 24}, "活动时间"),
        ({}, {"reason": " "}, "理由"),
    ],
    ids=["no service", "cancelled", "no time", "before", "after", "no reason"],
)
def test_claim_is_refused(activity, values, words):
    with pytest.raises(HoursRefused, match=words):
        claim(ServedActivityFactory(**activity), VolunteerFactory(), **values)

    assert not ServiceRecord.objects.exists()


def test_claim_of_time_to_come_is_refused():
    activity = ServedActivityFactory(starts_at=timezone.now() - HOUR)

    with pytest.raises(HoursRefused, match="不能晚于现在"):
        claim(activity, VolunteerFactory(), hours=2)


@pytest.mark.parametrize(("days", "is_taken"), [(30, True), (31, False)])
def test_claim_is_taken_for_thirty_days(days, is_taken):
    activity = ServedActivityFactory(starts_at=days_ago(days))

    if is_taken:
        assert claim(activity, VolunteerFactory()).pk
    else:
        with pytest.raises(HoursRefused, match="30 天"):
            claim(activity, VolunteerFactory())


@pytest.mark.parametrize("state", ["confirmed", "recorded", "in_review"])
def test_claim_over_other_hours_is_refused_by_their_name(state):
    held = RecordFactory(state=state)

    with pytest.raises(HoursRefused, match=held.content):
        claim(ServedActivityFactory(), held.volunteer, first=1)


@pytest.mark.parametrize("state", ["rejected", "corrected", "voided"])
def test_claim_over_hours_that_are_no_more_is_taken(state):
    held = RecordFactory(state=state)

    assert claim(ServedActivityFactory(), held.volunteer, first=1).pk


def test_claim_beside_other_hours_is_taken():
    held = RecordFactory()

    assert claim(ServedActivityFactory(), held.volunteer, first=2).pk


@pytest.mark.parametrize(
    ("state", "words"), [("confirmed", "请等班次结算"), ("no_show", "提出异议")]
)
def test_claim_over_a_shift_of_ones_own_is_refused(state, words):
    signup = SignupFactory(shift=PastShiftFactory(), state=state)

    with pytest.raises(HoursRefused, match=words):
        claim(signup.shift.activity, signup.volunteer, first=1)


def test_a_refused_claim_leaves_no_file(monkeypatch):
    saved = []
    monkeypatch.setattr(
        "volunteers.actions.late_entries.late_entry_claimed",
        lambda record: saved.append(record.proof) or 1 / 0,
    )

    with pytest.raises(ZeroDivisionError):
        claim(ServedActivityFactory(), VolunteerFactory())

    assert not default_storage.exists(saved[0])
