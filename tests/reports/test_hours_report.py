"""The report of hours: minutes that add up to those of people, persons masked."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from reports.exports import HOURS
from reports.queries import Filters, reported_records
from tests.factories.communities import CommunityFactory
from tests.factories.hours import LateEntryFactory, RecordFactory
from tests.factories.volunteers import VolunteerFactory
from tests.reports.cells import all_keys, cells_of, numbers
from volunteers.queries.hours import ledger_sums

pytestmark = pytest.mark.django_db


def test_hours_cells_follow_the_columns_and_mask_the_person(office_official):
    volunteer = VolunteerFactory(
        user__display_name="陈某示", user__phone="+8613800135678"
    )
    record = RecordFactory(volunteer=volunteer, minutes=75)
    shift, activity = record.shift, record.activity

    [cells] = cells_of(HOURS, office_official, keys=all_keys(HOURS))

    assert cells == [
        record.pk,
        "陈**",
        "138****5678",
        activity.title,
        shift.title,
        activity.organization.name,
        shift.community.subdistrict.name,
        shift.community.name,
        record.starts_at,
        record.ends_at,
        75,
        Decimal("1.3"),
        "班次",
        "已确认",
        None,
        activity.campaign.title,
        activity.pillar.title,
        record.content,
        record.recorded_at,
    ]


def test_hours_unmasked_tell_the_person(office_official):
    record = RecordFactory(volunteer__user__phone="+8613800135678")
    keys = ["volunteer__user__display_name", "volunteer__user__phone"]

    [cells] = cells_of(HOURS, office_official, keys=keys, is_masked=False)

    assert cells == [record.volunteer.user.display_name, "+8613800135678"]


@pytest.mark.any_database
def test_confirmed_hours_add_up_to_those_of_people(office_official):
    people = VolunteerFactory.create_batch(2)
    for volunteer in people:
        old = RecordFactory(volunteer=volunteer, state="corrected")
        RecordFactory(
            volunteer=volunteer,
            signup=old.signup,
            shift=old.shift,
            corrects=old,
            kind="correction",
            minutes=45,
        )
        RecordFactory(volunteer=volunteer, state="voided")
        RecordFactory(volunteer=volunteer, state="recorded")
        LateEntryFactory(volunteer=volunteer, state="confirmed")
        LateEntryFactory(volunteer=volunteer, state="rejected")

    rows = reported_records(office_official, Filters(state="confirmed"))

    total = rows.aggregate(total=Sum("minutes"))["total"]
    sums = [ledger_sums(volunteer.user)["confirmed"] for volunteer in people]
    assert (total, sums) == (sum(sums), [105, 105])


def test_hours_leave_out_what_was_replaced_unless_it_is_asked_for(office_official):
    kept = {RecordFactory(state=state).pk for state in ("recorded", "rejected")}
    gone = {state: RecordFactory(state=state).pk for state in ("corrected", "voided")}

    assert numbers(HOURS, office_official, Filters()) == kept
    for state, pk in gone.items():
        assert numbers(HOURS, office_official, Filters(state=state)) == {pk}


def test_hours_of_a_street_are_those_of_its_shifts_or_activities(office_official):
    there, elsewhere = CommunityFactory.create_batch(2)
    by_shift = RecordFactory(
        shift__community=there, shift__activity__community=elsewhere
    )
    alone = LateEntryFactory(activity__community=there)
    RecordFactory(shift__community=elsewhere, shift__activity__community=there)

    filters = Filters(street=there.subdistrict)

    assert numbers(HOURS, office_official, filters) == {by_shift.pk, alone.pk}
    keys = ["community_number.name"]
    names = cells_of(HOURS, office_official, filters, keys=keys)
    assert names == [[there.name], [there.name]]


def test_hours_are_cut_by_their_own_start(office_official):
    record = RecordFactory()
    day = record.starts_at.date()

    inside = Filters(starts_on=day, ends_on=day)
    after = Filters(starts_on=day + timedelta(days=1))

    assert numbers(HOURS, office_official, inside) == {record.pk}
    assert numbers(HOURS, office_official, after) == set()


def test_hours_are_empty_without_the_right(unit_official):
    RecordFactory()

    assert numbers(HOURS, unit_official, Filters()) == set()
