"""What else a file proves, and which photos may be chosen."""

import pytest
from django.utils import timezone

from campaigns.models import Activity
from campaigns.queries.evidence import Duplicate, duplicates_of, photos_to_choose
from tests.factories.campaigns import (
    ActivityFactory,
    EvidenceFactory,
    EvidenceFileFactory,
)
from tests.factories.communities import MembershipFactory
from tests.factories.evidence import DocumentFileFactory, HonorFactory, StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(organization):
    """A draft of the official's organisation."""
    return ActivityFactory(organization=organization)


def test_duplicates_of_a_linked_file_name_the_other_record(
    activity, organization, unit_official
):
    other = ActivityFactory(organization=organization, title="义务植树")
    here = EvidenceFactory(activity=activity)
    EvidenceFactory(activity=other, file=here.file)

    found = duplicates_of([here], unit_official)

    day = timezone.localdate(other.starts_at)
    assert found == {here.pk: [Duplicate("义务植树", day)]}


@pytest.mark.parametrize("name", ["sha256", "source_sha256"])
def test_duplicates_of_a_file_are_found_by_either_hash(
    name, activity, organization, unit_official
):
    files = [EvidenceFileFactory(**{name: "f" * 64}) for _time in "12"]
    here = EvidenceFactory(activity=activity, file=files[0])
    EvidenceFactory(activity__organization=organization, file=files[1])

    assert list(duplicates_of([here], unit_official)) == [here.pk]


def test_duplicates_of_files_without_a_source_are_not_all_the_same(
    activity, unit_official
):
    here, _other = EvidenceFactory(activity=activity), EvidenceFactory()

    assert duplicates_of([here], unit_official) == {}


def test_duplicates_of_a_record_out_of_sight_stay_unnamed(activity, unit_official):
    here = EvidenceFactory(activity=activity)
    EvidenceFactory(file=here.file)  # another organisation's draft

    assert duplicates_of([here], unit_official) == {here.pk: [Duplicate()]}


@pytest.mark.parametrize("count", [1, 3])
def test_duplicates_of_any_number_take_two_queries(
    count, activity, unit_official, django_assert_num_queries
):
    rows = EvidenceFactory.create_batch(count, activity=activity)
    for row in rows:
        EvidenceFactory(file=row.file, activity=None, story=StoryFactory())
    photos_to_choose(unit_official)  # reads the memberships once

    with django_assert_num_queries(2):
        found = duplicates_of(rows, unit_official)

    assert len(found) == count


def test_photos_to_choose_are_those_of_own_records_each_once(
    activity, organization, unit_official
):
    mine = EvidenceFactory(activity=activity)
    EvidenceFactory(activity__organization=organization, file=mine.file)
    honored = EvidenceFactory(
        activity=None, honor=HonorFactory(organization=organization)
    )
    EvidenceFactory(activity__state=Activity.State.APPROVED)  # public, another's
    EvidenceFactory(activity=activity, file=DocumentFileFactory())

    assert list(photos_to_choose(unit_official)) == [honored, mine]


def test_photos_to_choose_leave_out_what_rests_on_consent(community, organization):
    official = MembershipFactory(role="community", community=community).user
    MembershipFactory(user=official, role="unit", organization=organization)
    told = StoryFactory(community=community, organization=organization)
    EvidenceFactory(activity=None, story=told)
    family = HonorFactory(kind="family", organization=None, community=community)
    EvidenceFactory(activity=None, honor=family)

    assert list(photos_to_choose(official)) == []


def test_photos_to_choose_by_text_are_those_of_activities_so_named(
    organization, unit_official
):
    named, _other = (
        EvidenceFactory(activity__organization=organization, activity__title=title)
        for title in ("义务植树", "清扫街巷")
    )

    assert list(photos_to_choose(unit_official, text="植树")) == [named]


def test_photos_to_choose_for_the_office_are_none(office_official):
    EvidenceFactory(activity__state=Activity.State.APPROVED)

    assert list(photos_to_choose(office_official)) == []
