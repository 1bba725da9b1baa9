"""Hours are put right or voided; what stood before is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.audit import history_of
from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.hours import LateEntryFactory, RecordFactory, days_ago
from volunteers.actions.corrections import correct_record, void_record
from volunteers.actions.hours import HoursRefused
from volunteers.models import ServiceRecord

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def correct(record, hours=3, by=None, **values):
    asked = {
        "starts_at": record.starts_at,
        "ends_at": record.starts_at + hours * HOUR,
        "reason": "收尾",
        "now": timezone.now(),
    }
    return correct_record(record=record, by=by or UserFactory(), **asked | values)


def void(record, by=None, reason="误登"):
    return void_record(
        record=record, reason=reason, by=by or UserFactory(), now=timezone.now()
    )


@pytest.mark.parametrize("state", ["confirmed", "recorded"])
def test_correct_writes_a_new_row_and_keeps_the_old(state):
    old = RecordFactory(state=state)

    new = correct(old)

    old.refresh_from_db()
    assert (old.state, old.minutes) == ("corrected", 120)
    assert (new.state, new.minutes, new.corrects) == ("confirmed", 180, old)
    assert (new.kind, new.reason, new.signup) == ("correction", "收尾", old.signup)
    assert history_of(old).last().data["reason"] == "收尾"


def test_correct_above_eight_hours_waits_for_a_second_person():
    new = correct(RecordFactory(), hours=9)

    assert (new.state, new.level) == ("recorded", "superior")


def test_correct_does_not_count_what_it_replaces():
    assert correct(RecordFactory(), hours=8).level == "direct"


@pytest.mark.parametrize("act", [correct, void])
def test_certificates_of_changed_hours_are_revoked(act):
    record = RecordFactory()
    certificate = CertificateFactory(volunteer=record.volunteer, records=[record])

    act(record)

    certificate.refresh_from_db()
    assert certificate.state == "revoked"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": ""}, "理由"),
        ({"hours": 2}, "没有变化"),
        ({"hours": 0}, "晚于开始"),
        ({"hours": 49}, "前后一天"),
        ({"hours": 24 * 8}, "晚于现在"),
    ],
    ids=["no reason", "no change", "no time", "too far", "to come"],
)
def test_correct_is_refused(values, words):
    record = RecordFactory(shift__activity__starts_at=days_ago(6))

    with pytest.raises(HoursRefused, match=words):
        correct(record, **values)

    assert ServiceRecord.objects.get().state == "confirmed"


def test_correct_over_other_hours_is_refused_by_their_name():
    record = RecordFactory()
    other = RecordFactory(
        volunteer=record.volunteer,
        starts_at=record.ends_at,
        ends_at=record.ends_at + HOUR,
    )

    with pytest.raises(HoursRefused, match=other.content):
        correct(record)


@pytest.mark.parametrize("act", [correct, void])
def test_nobody_changes_their_own_hours(act):
    record = RecordFactory()

    with pytest.raises(HoursRefused, match="本人"):
        act(record, by=record.volunteer.user)


@pytest.mark.parametrize("act", [correct, void])
@pytest.mark.parametrize(
    "make", [LateEntryFactory, lambda: RecordFactory(state="voided")]
)
def test_what_is_in_review_or_over_is_not_changed(act, make):
    with pytest.raises(HoursRefused, match="不能再更正或作废"):
        act(make())


def test_void_keeps_the_row_with_its_reason():
    record = RecordFactory()

    void(record)

    record.refresh_from_db()
    assert (record.state, record.answer, record.minutes) == ("voided", "误登", 120)
