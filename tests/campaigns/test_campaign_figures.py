"""The figures of a campaign while it goes on: who, what, in which month, how many."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from campaigns.models import Activity, ActivityPartner, EvidenceFile, Pillar
from campaigns.queries.figures import (
    addendum_figures,
    addendum_rows,
    led_counts_by_pillar,
    owner_count,
    progress_rows,
)
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
    InitiativeFactory,
    PillarFactory,
)
from tests.factories.communities import OrganizationFactory

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def _held(day=datetime(2026, 5, 3, 9), **values):
    starts_at = timezone.make_aware(day)
    return ActivityFactory(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        **{"state": Activity.State.APPROVED, **values},
    )


def _joined(activity, state=ActivityPartner.State.CONFIRMED):
    return ActivityPartner.objects.create(
        activity=activity,
        organization=OrganizationFactory(),
        state=state,
        invited_by=UserFactory(),
    )


def _counts(rows):
    return [
        (
            row.organization_id,
            row.month,
            row.activity_count,
            row.led_count,
            row.participant_count,
            row.photo_count,
        )
        for row in rows
    ]


def test_activities_of_a_month_make_one_row_with_their_sums():
    first = _held(participant_count=20)
    second = _held(organization=first.organization, participant_count=None)
    EvidenceFactory.create_batch(2, activity=first)
    EvidenceFactory(activity=second)
    EvidenceFactory(activity=second, file__kind=EvidenceFile.Kind.DOCUMENT)

    [row] = progress_rows(first.campaign)

    assert _counts([row]) == [(first.organization_id, MAY, 2, 2, 20, 3)]
    assert (row.path, row.organization_name, row.unit_name) == (
        first.organization.path,
        first.organization.name,
        first.organization.unit_name,
    )
    assert (row.pillar_id, row.initiative_id) == (first.pillar_id, first.initiative_id)


def test_joint_activity_counts_for_each_owner_and_is_led_once():
    activity = _held(participant_count=30)
    EvidenceFactory.create_batch(2, activity=activity)
    partner = _joined(activity)

    rows = progress_rows(activity.campaign)

    assert sorted(_counts(rows)) == [
        (activity.organization_id, MAY, 1, 1, 30, 2),
        (partner.organization_id, MAY, 1, 0, 30, 2),
    ]


@pytest.mark.parametrize(
    "state", [s for s in ActivityPartner.State if s != ActivityPartner.State.CONFIRMED]
)
def test_joint_activity_does_not_count_for_who_has_not_confirmed(state):
    activity = _held()
    _joined(activity, state)

    rows = progress_rows(activity.campaign)

    assert [row.organization_id for row in rows] == [activity.organization_id]


def test_months_are_cut_at_midnight_of_beijing():
    _held(datetime(2026, 5, 31, 23, 59))
    activity = _held(datetime(2026, 6, 1, 0, 0))

    with timezone.override("UTC"):
        rows = progress_rows(activity.campaign)

    assert sorted(row.month for row in rows) == [MAY, JUNE]


@pytest.mark.parametrize(
    "state", [state for state in Activity.State if state != Activity.State.APPROVED]
)
def test_activity_that_is_not_approved_does_not_count(state):
    activity = _held(state=state)

    assert progress_rows(activity.campaign) == []


def test_activity_of_another_campaign_does_not_count():
    _held(campaign=CampaignFactory(title="另一个行动"))

    assert progress_rows(CampaignFactory()) == []


def test_addendum_stands_apart_in_the_same_shape():
    late = _held(in_addendum=True, participant_count=5)

    assert progress_rows(late.campaign) == []
    assert list(addendum_rows(late.campaign)) == [late]
    assert _counts(addendum_figures(late.campaign)) == [
        (late.organization_id, MAY, 1, 1, 5, 0)
    ]


def test_figures_are_narrowed_to_the_organisations_asked_for():
    activity, _other = _held(), _held()
    partner = _joined(activity)

    rows = progress_rows(activity.campaign, organizations=[partner.organization_id])

    assert [row.organization_id for row in rows] == [partner.organization_id]


def test_counts_by_pillar_and_owners_are_the_sums_of_the_rows():
    activity = _held()
    _joined(activity)
    duty = PillarFactory(code=Pillar.Code.DUTY)
    _held(pillar=duty, initiative=InitiativeFactory(pillar=duty))

    assert led_counts_by_pillar(activity.campaign) == {
        activity.pillar_id: 1,
        duty.pk: 1,
    }
    assert owner_count(activity.campaign) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_live_figures_cost_five_queries(count, django_assert_num_queries):
    for _number in range(count):
        _joined(_held())
    campaign = CampaignFactory()

    with django_assert_num_queries(5):
        progress_rows(campaign)
