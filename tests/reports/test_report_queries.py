"""Which rows a report holds."""

from datetime import UTC, date, datetime, timedelta

import pytest

from campaigns.models import Activity, Pillar
from communities.models import Organization
from reports.queries import (
    Filters,
    exportable_organizations,
    reported_activities,
    reported_signups,
)
from tests.factories.activities import ActivityPartnerFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
    PillarFactory,
)
from tests.factories.communities import OrganizationFactory, WorkingCommitteeFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.models import Shift, Signup

APPROVED = Activity.State.APPROVED


def activity(**values):
    return ActivityFactory(**{"state": APPROVED, **values})


def begun_at(moment, **values):
    return activity(starts_at=moment, ends_at=moment + timedelta(hours=2), **values)


@pytest.fixture
def tree(db):
    """A committee with a branch and a general branch; another one beside it."""
    committee = WorkingCommitteeFactory(name="教育工委", unit_name="区教育局")
    first = OrganizationFactory(name="一小支部", unit_name="实验小学", parent=committee)
    second = OrganizationFactory(
        name="二中总支",
        unit_name="第二中学",
        parent=committee,
        kind=Organization.Kind.GENERAL_BRANCH,
    )
    return committee, first, second, WorkingCommitteeFactory(name="卫健工委")


def test_activities_without_filters_leave_out_drafts(office_official):
    ActivityFactory(state=Activity.State.DRAFT)
    kept = [activity(), ActivityFactory(state=Activity.State.CANCELLED)]

    rows = reported_activities(office_official, Filters())

    assert list(rows) == kept[::-1]


@pytest.mark.any_database
@pytest.mark.parametrize("way", ["organization", "organization_text"])
def test_activities_of_an_organisation_are_those_it_leads_or_joined(
    way, tree, office_official
):
    committee, first, second, other = tree
    led, joined, asked = activity(organization=first), activity(), activity()
    activity(organization=other)
    for row, state in ((joined, "confirmed"), (asked, "invited")):
        ActivityPartnerFactory(activity=row, organization=second, state=state)
    wanted = {"organization": committee, "organization_text": "教育工委"}

    rows = reported_activities(office_official, Filters(**{way: wanted[way]}))

    assert list(rows) == [joined, led]


def test_signups_without_filters_hold_every_state_but_none_of_drafts(office_official):
    confirmed = SignupFactory()
    waiting = SignupFactory(shift=confirmed.shift, state=Signup.State.WAITLISTED)
    cancelled = SignupFactory(state=Signup.State.CANCELLED)
    SignupFactory(shift__activity__state=Activity.State.DRAFT)

    rows = reported_signups(office_official, Filters())

    assert list(rows) == [cancelled, waiting, confirmed]


@pytest.mark.parametrize(("state", "count"), [("settled", 3), ("no_show", 0)])
def test_signups_are_not_narrowed_to_who_did_not_come(state, count, office_official):
    for each in ("attended", "no_show", "excused", "confirmed"):
        SignupFactory(state=each)

    assert reported_signups(office_official, Filters(state=state)).count() == count


@pytest.mark.parametrize("reported", [reported_activities, reported_signups])
def test_reports_of_a_person_without_the_right_are_empty(reported, unit_official):
    SignupFactory()

    assert list(reported(unit_official, Filters())) == []


def test_activities_of_an_organization_include_all_below_it(office_official, tree):
    committee, first, second, other = tree
    own, below, beside = (activity(organization=o) for o in (committee, first, other))
    deeper = activity(organization=OrganizationFactory(parent=second))

    rows = reported_activities(office_official, Filters(organization=committee))

    assert set(rows) == {own, below, deeper}
    assert beside not in rows


def test_signups_of_an_organization_include_all_below_it(office_official, tree):
    committee, first, _, other = tree
    below = SignupFactory(shift__activity__organization=first)
    SignupFactory(shift__activity__organization=other)

    rows = reported_signups(office_official, Filters(organization=committee))

    assert list(rows) == [below]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("教育", {"教育工委", "一小支部", "二中总支"}),
        ("第二中学", {"二中总支"}),
        ("yxzb", {"一小支部"}),
        ("没有这样的名称", set()),
    ],
    ids=["name and below", "unit", "initials", "nobody"],
)
def test_activities_by_text_follow_the_names_and_all_below(
    text, names, office_official, tree
):
    for organization in tree:
        activity(organization=organization)

    rows = reported_activities(office_official, Filters(organization_text=text))

    assert {row.organization.name for row in rows} == names


def test_period_is_cut_at_midnight_in_beijing(office_official):
    before = begun_at(datetime(2026, 2, 28, 15, 59, tzinfo=UTC))
    first = begun_at(datetime(2026, 2, 28, 16, 30, tzinfo=UTC))
    last = begun_at(datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC))
    after = begun_at(datetime(2026, 3, 31, 16, 0, tzinfo=UTC))
    march = Filters(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))

    rows = set(reported_activities(office_official, march))

    assert rows == {first, last}
    assert rows.isdisjoint({before, after})


def test_signups_are_cut_by_the_start_of_their_shift(office_official):
    moment = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)
    inside = SignupFactory(
        shift__activity__starts_at=moment - timedelta(hours=1), shift__starts_at=moment
    )
    SignupFactory(
        shift__activity__starts_at=moment - timedelta(hours=1),
        shift__starts_at=moment - timedelta(minutes=31),
    )

    rows = reported_signups(office_official, Filters(starts_on=date(2026, 3, 1)))

    assert list(rows) == [inside]


def test_activities_by_campaign_pillar_and_state_meet_all_three(office_official):
    campaign, pillar = CampaignFactory(title="另一行动"), PillarFactory(code="family")
    wanted = activity(campaign=campaign, pillar=pillar)
    activity(campaign=campaign)
    activity(pillar=pillar)
    activity(campaign=campaign, pillar=pillar, state=Activity.State.SUBMITTED)
    filters = Filters(campaign=campaign, pillar=pillar, state=APPROVED)

    assert list(reported_activities(office_official, filters)) == [wanted]


def test_pillar_filter_goes_by_the_main_pillar(office_official):
    service = Pillar.objects.get(code="service")
    activity(pillar=PillarFactory(code="duty"), second_pillar=service)

    assert not reported_activities(office_official, Filters(pillar=service)).exists()


def test_activity_figures_are_not_multiplied_by_each_other(office_official):
    held = activity()
    EvidenceFactory.create_batch(3, activity=held)
    ShiftFactory(activity=held, taken=2)
    ShiftFactory(activity=held, taken=1)
    ShiftFactory(activity=held, taken=2, state=Shift.State.CANCELLED)

    row = reported_activities(office_official, Filters()).get()

    assert (row.photo_count, row.shift_count, row.signup_count) == (3, 2, 3)


def test_activity_without_photos_and_shifts_counts_zero(office_official):
    activity()

    row = reported_activities(office_official, Filters()).get()

    assert (row.photo_count, row.shift_count, row.signup_count) == (0, 0, 0)


def test_exportable_organizations_keep_those_dissolved(office_official, tree):
    Organization.objects.filter(name="二中总支").update(state="dissolved")

    assert set(exportable_organizations(office_official)) == set(tree)


def test_exportable_organizations_of_a_stranger_are_none(stranger, tree):
    assert not exportable_organizations(stranger).exists()
