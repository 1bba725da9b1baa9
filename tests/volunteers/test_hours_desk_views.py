"""The pages of those who settle, confirm, correct and answer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.communities import MembershipFactory
from tests.factories.hours import (
    AttendanceFactory,
    DisputeFactory,
    LateEntryFactory,
    PastShiftFactory,
    RecordFactory,
)
from tests.factories.volunteers import SignupFactory
from volunteers.models import ServiceRecord, Shift
from volunteers.queries.hours_desk import desk_hours, records_to_decide

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def url(name, *args):
    return reverse(f"volunteers:{name}", args=args)


def typed(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def desk(signed_in, unit_official):
    """A client signed in for `organization`."""
    return signed_in(unit_official)


@pytest.fixture
def shift(organization):
    """A shift of `organization` to be settled."""
    return PastShiftFactory(activity__organization=organization)


def of(organization, **values):
    return RecordFactory(shift__activity__organization=organization, **values)


def test_settle_page_shows_minutes_and_settles(desk, shift):
    AttendanceFactory(signup__shift=shift)
    missing = SignupFactory(shift=shift)
    page = desk.get(url("shift_settle", shift.pk)).content.decode()
    assert ">120<" in page
    assert "结算期限" in page

    response = desk.post(url("shift_settle", shift.pk), {"excused": [missing.pk]})

    assert response.status_code == 302
    missing.refresh_from_db()
    assert missing.state == "excused"
    assert Shift.objects.get(pk=shift.pk).state == "settled"


def test_settle_page_says_where_no_hours_can_arise(desk, organization):
    shift = PastShiftFactory(
        activity__organization=organization, activity__counts_as_service=False
    )

    assert (
        "不计志愿服务时长" in desk.get(url("shift_settle", shift.pk)).content.decode()
    )


def test_settle_page_says_that_the_calendar_is_missing(desk, shift):
    starts_at = timezone.make_aware(timezone.datetime(2051, 5, 6))
    Shift.objects.filter(pk=shift.pk).update(
        starts_at=starts_at,
        ends_at=starts_at + HOUR,
        signup_closes_at=starts_at - HOUR,
    )
    shift.activity.ends_at = starts_at

    page = desk.get(url("shift_settle", shift.pk))

    assert page.status_code == 200
    assert "2051" in page.context["due_text"]


def test_settle_too_early_is_422_with_the_reason(desk, shift):
    Shift.objects.filter(pk=shift.pk).update(ends_at=timezone.now() + HOUR)

    response = desk.post(url("shift_settle", shift.pk), {"token": "x"})

    assert response.status_code == 422
    assert "还没有结束" in response.content.decode()


def test_check_out_form_proposes_no_time(desk, shift):
    came = AttendanceFactory(signup__shift=shift, checked_out_at=None)

    form = desk.get(url("check_out_resolve", came.pk)).context["form"]

    assert form["checked_out_at"].value() is None


def test_check_out_is_resolved(desk, shift):
    came = AttendanceFactory(signup__shift=shift, checked_out_at=None)
    left = {"checked_out_at": typed(shift.starts_at + HOUR), "reason": "同组证实"}

    response = desk.post(url("check_out_resolve", came.pk), left)

    came.refresh_from_db()
    assert response.status_code == 302
    assert (came.counted_minutes, came.check_out_method) == (60, "later")


def test_record_is_confirmed_by_its_button(desk, organization):
    record = of(organization, state="recorded")
    page = desk.get(record.get_absolute_url()).content.decode()
    assert url("record_confirm", record.pk) in page

    desk.post(url("record_confirm", record.pk))

    assert ServiceRecord.objects.get().state == "confirmed"


@pytest.mark.parametrize(
    ("name", "state"),
    [("record_reject", "rejected"), ("record_void", "voided")],
)
def test_record_is_turned_down_with_a_reason(name, state, desk, organization):
    record = of(organization, state="recorded")
    assert desk.post(url(name, record.pk), {"reason": ""}).status_code == 422

    desk.post(url(name, record.pk), {"reason": "示例"})

    assert ServiceRecord.objects.get().state == state


def test_record_is_corrected_and_untouched_seconds_stay(desk, organization):
    record = of(organization)
    first = record.starts_at + timedelta(seconds=17)
    ServiceRecord.objects.update(starts_at=first)
    times = {"starts_at": typed(first), "ends_at": typed(record.ends_at - HOUR)}

    desk.post(url("record_correct", record.pk), times | {"reason": "示例"})

    new = ServiceRecord.objects.live().get()
    assert (new.starts_at, new.minutes) == (first, 59)


@pytest.mark.parametrize("decision", ["keep", "correct"])
def test_dispute_is_answered(decision, desk, shift):
    dispute = DisputeFactory(signup__shift=shift)
    times = {
        "starts_at": typed(shift.starts_at),
        "ends_at": typed(shift.starts_at + HOUR),
    }

    desk.post(
        dispute.get_absolute_url(),
        {"decision": decision, "answer": "示例", **times},
    )

    dispute.refresh_from_db()
    assert dispute.state == ("upheld" if decision == "correct" else "answered")
    assert ServiceRecord.objects.count() == (decision == "correct")


def test_dispute_corrected_without_times_is_422(desk, shift):
    dispute = DisputeFactory(signup__shift=shift)
    data = {"decision": "correct", "answer": "示例"}

    assert desk.post(dispute.get_absolute_url(), data).status_code == 422


def _make_row(part, organization):
    if part in {"settle", "check_outs"}:
        shift = PastShiftFactory(activity__organization=organization)
        return AttendanceFactory(signup__shift=shift, checked_out_at=None)
    if part == "confirm":
        return of(organization, state="recorded")
    if part == "late":
        return LateEntryFactory(activity__organization=organization)
    return DisputeFactory(signup__shift__activity__organization=organization)


PARTS = ("settle", "check_outs", "confirm", "late", "disputes")


@pytest.mark.parametrize("part", PARTS)
def test_queue_asks_a_fixed_number_of_queries(
    part, desk, organization, django_assert_num_queries
):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            _make_row(part, organization)
        _make_row(part, PastShiftFactory().activity.organization)
        with django_assert_num_queries(7):
            page = desk.get(url("hours_desk"), {"part": part}).context["page"]
        counts.append(len(page))

    assert counts == [1, 3]


@pytest.mark.parametrize("part", PARTS)
def test_empty_queue_says_what_comes(part, desk):
    assert desk.get(url("hours_desk"), {"part": part}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_settle_page_asks_a_fixed_number_of_queries(
    count, desk, shift, django_assert_num_queries
):
    for _ in range(count):
        AttendanceFactory(signup__shift=shift)
        SignupFactory(shift=shift)

    with django_assert_num_queries(9):
        desk.get(url("shift_settle", shift.pk))


def test_desk_counts_what_waits(organization, unit_official):
    for part in PARTS:
        _make_row(part, organization)

    block = desk_hours(unit_official, today=timezone.localdate())

    # Both shifts of people who forgot to check out are to be settled; those of the
    # record and the dispute have nobody expected.
    assert block["counts"] == {
        "settle": 2,
        "check_outs": 2,
        "confirm": 1,
        "late": 1,
        "disputes": 1,
    }
    assert not block["is_empty"]


def test_desk_is_no_concern_of_a_street(community):
    street = MembershipFactory(role="street", subdistrict=community.subdistrict).user

    assert desk_hours(street, today=timezone.localdate()) is None


def test_queues_hold_what_is_at_ones_level(
    organization, unit_official, office_official
):
    superior = MembershipFactory(role="unit", organization=organization.parent).user
    for level in ServiceRecord.Level.values:
        of(organization, state="recorded", level=level)

    def levels(user):
        rows = records_to_decide(user, state="recorded")
        return [row.level for row in rows.order_by("level")]

    assert levels(unit_official) == ["direct"]
    assert levels(superior) == ["direct", "superior"]
    assert levels(office_official) == ["direct", "office", "superior"]


def test_queue_leaves_out_ones_own(organization, unit_official):
    of(organization, state="recorded", volunteer__user=unit_official)
    of(organization, state="recorded", recorded_by=unit_official)

    assert not records_to_decide(unit_official, state="recorded")
